package dev.resilient.loadbalancer.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Puts the lines of a head together, one byte per character. Many small writes to an array and one to the buffer that is sent cost
 * far less than many small ones to that buffer.
 */
final class HeadWriter {
    private byte[] bytes;
    private int length;

    /** @param expected the length of the head; it may become longer */
    HeadWriter(int expected) {
        bytes = new byte[expected];
    }

    /** Text of characters up to U+00FF. */
    @SuppressWarnings(
            "deprecation") // It drops the upper half of each character, which is empty here, and is a plain copy.
    HeadWriter text(String text) {
        makeRoom(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    HeadWriter bytes(byte[] from, int start, int end) {
        makeRoom(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
        return this;
    }

    void field(String name, String value) {
        text(name).text(": ").text(value).text("\r\n");
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }

    private void makeRoom(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
