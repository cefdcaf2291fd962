package dev.resilient.loadbalancer.http;

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
    private static final int UNUSUAL_NAME = 1;
    private static final int BEYOND_ASCII = 2;
    private static final int MALFORMED = -1;
    private final byte[] bytes;
    private final int startLineEnd;
    private final int[] positions;
    private final int marks;

    private MessageHead(byte[] bytes, int startLineEnd, int[] positions, int marks) {
        this.bytes = bytes;
        this.startLineEnd = startLineEnd;
        this.positions = positions;
        this.marks = marks;
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
        int marks = 0;
        for (int field = 0; field < fields; field++) {
            int end = lineEnd(bytes, line);
            int found = parseField(bytes, line, end, positions, field * POSITIONS);
            if (found == MALFORMED) {
                return null;
            }
            marks |= found;
            line = end + LINE_END;
        }
        return new MessageHead(bytes, startLineEnd, positions, marks);
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at - 1;
    }

    /** What is remarkable about a field; {@link #MALFORMED} if it is none. */
    private static int parseField(byte[] bytes, int start, int end, int[] positions, int at) {
        int colon = start;
        boolean usual = true;
        while (colon < end && Bytes.isToken(bytes[colon])) {
            usual &= Bytes.isUsualInName(bytes[colon]);
            colon++;
        }
        if (colon == start || colon == end || bytes[colon] != ':') {
            return MALFORMED;
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
        int seen = 0;
        for (int i = valueStart; i < valueEnd; i++) {
            if (!Bytes.isFieldText(bytes[i])) {
                return MALFORMED;
            }
            seen |= bytes[i];
        }
        return (usual ? 0 : UNUSUAL_NAME) | (seen < 0 ? BEYOND_ASCII : 0);
    }

    /** All of it, as it came; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bytes the head has, the empty line included. */
    public int length() {
        return bytes.length;
    }

    /** Whether a field's name has other characters than letters, digits and hyphens. */
    public boolean hasUnusualNames() {
        return (marks & UNUSUAL_NAME) != 0;
    }

    /** Whether a field's value has a byte beyond ASCII. */
    boolean isBeyondAscii() {
        return (marks & BEYOND_ASCII) != 0;
    }

    /** Whether there is a field that says where a body ends. */
    boolean isFramed() {
        for (int field = 0; field < fields(); field++) {
            if (isNamed(field, "content-length") || isNamed(field, "transfer-encoding")) {
                return true;
            }
        }
        return false;
    }

    /** Whether this field's name has other characters than letters, digits and hyphens. */
    boolean hasUnusualName(int field) {
        boolean usual = true;
        for (int i = positions[field * POSITIONS]; i < positions[field * POSITIONS + 1]; i++) {
            usual &= Bytes.isUsualInName(bytes[i]);
        }
        return !usual;
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

    /** The value of the first field of this name, given in lower case; empty if there is none. */
    String first(String name) {
        for (int field = 0; field < fields(); field++) {
            if (isNamed(field, name)) {
                return value(field);
            }
        }
        return "";
    }

    /** The values of all fields of this name, given in lower case, in their order. */
    List<String> values(String name) {
        int first = next(name, 0);
        if (first < 0) {
            return List.of();
        }
        int second = next(name, first + 1);
        if (second < 0) {
            return List.of(value(first));
        }
        List<String> values = new ArrayList<>();
        for (int field = first; field >= 0; field = next(name, field + 1)) {
            values.add(value(field));
        }
        return values;
    }

    /** The first field of this name from number {@code from} on; -1 if there is none. */
    private int next(String name, int from) {
        for (int field = from; field < fields(); field++) {
            if (isNamed(field, name)) {
                return field;
            }
        }
        return -1;
    }

    /** Writes a field as a line: name, colon, one space, value. */
    void writeField(int field, HeadWriter to) {
        int at = field * POSITIONS;
        int colon = positions[at + 1];
        to.bytes(bytes, positions[at], colon);
        if (positions[at + 2] == colon + 2 && bytes[colon + 1] == ' ') {
            to.bytes(bytes, colon, positions[at + 3]);
        } else {
            to.text(": ").bytes(bytes, positions[at + 2], positions[at + 3]);
        }
        to.text("\r\n");
    }

    private String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
