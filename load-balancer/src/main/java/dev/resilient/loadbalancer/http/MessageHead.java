package dev.resilient.loadbalancer.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of a message: its start line and fields, as positions in the bytes that came. Every field has a name of token
 * characters and a value without control characters.
 */
public final class MessageHead {
    private static final int POSITIONS = 4;
    private static final int LINE_END = 2;
    private final byte[] bytes;
    private final int startLineEnd;
    private final int[] positions;

    private MessageHead(byte[] bytes, int startLineEnd, int[] positions) {
        this.bytes = bytes;
        this.startLineEnd = startLineEnd;
        this.positions = positions;
    }

    /**
     * Finds the fields.
     *
     * @param bytes lines that end in CRLF, the last of them empty
     * @param fields how many lines there are between the first and the last
     * @return null if a line is not a field
     */
    static @Nullable MessageHead parse(byte[] bytes, int fields) {
        int startLineEnd = lineEnd(bytes, 0);
        int[] positions = new int[fields * POSITIONS];
        int line = startLineEnd + LINE_END;
        for (int field = 0; field < fields; field++) {
            int end = lineEnd(bytes, line);
            if (!parseField(bytes, line, end, positions, field * POSITIONS)) {
                return null;
            }
            line = end + LINE_END;
        }
        return new MessageHead(bytes, startLineEnd, positions);
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at - 1;
    }

    private static boolean parseField(byte[] bytes, int start, int end, int[] positions, int at) {
        int colon = start;
        while (colon < end && Bytes.isToken(bytes[colon])) {
            colon++;
        }
        if (colon == start || colon == end || bytes[colon] != ':') {
            return false;
        }
        int valueStart = colon + 1;
        int valueEnd = end;
        while (valueStart < valueEnd && Bytes.isBlank(bytes[valueStart])) {
            valueStart++;
        }
        while (valueEnd > valueStart && Bytes.isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        positions[at] = start;
        positions[at + 1] = colon;
        positions[at + 2] = valueStart;
        positions[at + 3] = valueEnd;
        for (int i = valueStart; i < valueEnd; i++) {
            if (!Bytes.isFieldText(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes the head has, the empty line included. */
    public int length() {
        return bytes.length;
    }

    /** The start line without its CRLF, one character per byte. */
    String startLine() {
        return text(0, startLineEnd);
    }

    int fields() {
        return positions.length / POSITIONS;
    }

    /** Whether field number {@code field} has this name, given in lower case. */
    boolean isNamed(int field, String name) {
        int start = positions[field * POSITIONS];
        if (positions[field * POSITIONS + 1] - start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Bytes.lowerCase(bytes[start + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean isNamedAny(int field, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (isNamed(field, names.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** The name of a field in lower case. */
    String name(int field) {
        return text(positions[field * POSITIONS], positions[field * POSITIONS + 1])
                .toLowerCase(Locale.ROOT);
    }

    String value(int field) {
        return text(positions[field * POSITIONS + 2], positions[field * POSITIONS + 3]);
    }

    /** The values of all fields of this name, given in lower case, in their order. */
    List<String> values(String name) {
        List<String> values = List.of();
        for (int field = 0; field < fields(); field++) {
            if (isNamed(field, name)) {
                values = values.isEmpty() ? new ArrayList<>(1) : values;
                values.add(value(field));
            }
        }
        return values;
    }

    /** Writes a field as a line. */
    void writeField(int field, ByteBuf to) {
        int at = field * POSITIONS;
        to.writeBytes(bytes, positions[at], positions[at + 1] - positions[at]);
        to.writeByte(':').writeByte(' ');
        to.writeBytes(bytes, positions[at + 2], positions[at + 3] - positions[at + 2]);
        to.writeByte('\r').writeByte('\n');
    }

    private String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
