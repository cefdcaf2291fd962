package dev.resilient.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages as they are on the wire. */
final class Http {
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n");

    private Http() {}

    /** Lines that end in CRLF, and an empty one after them. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Whether an empty line has just been read. */
    static boolean endsHead(StringBuilder read) {
        return read.length() >= 4 && read.substring(read.length() - 4).equals("\r\n\r\n");
    }

    /** A request for {@code /} from somebody who adds nothing. */
    static String get() {
        return head("GET / HTTP/1.1", "Host: a");
    }

    /**
     * Where the response ends that begins at {@code start} in {@code text}; -1 if that is not there.
     *
     * @param closed whether the connection was closed after the text
     */
    static int responseEnd(String text, int start, boolean closed) {
        int body = text.indexOf("\r\n\r\n", start) + 4;
        if (body < 4) {
            return -1;
        }
        String head = text.substring(start, body);
        if (head.matches("(?s)HTTP/1.1 (1..|204|304) .*")) {
            return body;
        }
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            int end = body + Integer.parseInt(length.group(1));
            return end <= text.length() ? end : -1;
        }
        if (head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
            return chunksEnd(text, body);
        }
        return closed ? text.length() : -1;
    }

    private static int chunksEnd(String text, int start) {
        int at = start;
        while (true) {
            int line = text.indexOf("\r\n", at);
            if (line < 0) {
                return -1;
            }
            int size = Integer.parseInt(text.substring(at, line), 16);
            if (size == 0) {
                int end = text.indexOf("\r\n\r\n", line);
                return end < 0 ? -1 : end + 4;
            }
            at = line + 2 + size + 2;
            if (at > text.length()) {
                return -1;
            }
        }
    }

    /** The statuses of the responses in {@code text}, which have no body or one with a length. */
    static List<String> statuses(String text) {
        List<String> statuses = new ArrayList<>();
        for (int at = 0; at < text.length(); at = responseEnd(text, at, true)) {
            statuses.add(text.substring(at + 9, at + 12));
        }
        return statuses;
    }
}
