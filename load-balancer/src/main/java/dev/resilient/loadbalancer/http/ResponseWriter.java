package dev.resilient.loadbalancer.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the head of a target's response for the client: the target's fields without those of its connection. */
public final class ResponseWriter {
    private static final int OWN_FIELDS = 128;
    private static final List<String> REPLACED =
            List.of("connection", "transfer-encoding", "keep-alive", "proxy-connection", "upgrade");

    private ResponseWriter() {}

    /**
     * The head of a final response.
     *
     * @param chunked whether the body follows as chunks
     * @param keepAlive what the client is told of its connection
     */
    public static void write(ResponseHead response, boolean chunked, boolean keepAlive, ByteBuf out) {
        fields(response, out);
        if (chunked) {
            ascii(out, "Transfer-Encoding: chunked\r\n");
        }
        ascii(out, keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    }

    /** An interim response. */
    public static void writeInterim(ResponseHead response, ByteBuf out) {
        fields(response, out);
        ascii(out, "\r\n");
    }

    private static void fields(ResponseHead response, ByteBuf out) {
        MessageHead fields = response.fields();
        out.ensureWritable(fields.length() + OWN_FIELDS);
        ascii(out, "HTTP/1.1 " + response.phrase() + "\r\n");
        ConnectionOptions options = ConnectionOptions.of(fields);
        for (int i = 0; i < fields.fields(); i++) {
            boolean length = fields.isNamed(i, "content-length");
            if (length ? response.mayHaveLength() : !(fields.isNamedAny(i, REPLACED) || options.contain(fields, i))) {
                fields.writeField(i, out);
            }
        }
    }

    private static void ascii(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }
}
