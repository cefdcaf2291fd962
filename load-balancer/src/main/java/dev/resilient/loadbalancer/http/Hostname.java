package dev.resilient.loadbalancer.http;

import org.jspecify.annotations.Nullable;

/** The host in what names a host and perhaps a port: in a Host field or an absolute request target (RFC 3986 section 3.2). */
final class Hostname {
    private static final String MARKS = "._~!$&'()*+,;=-";
    private static final int MOST_PORT_DIGITS = 5;
    private static final boolean[] NAME = new boolean[256];

    static {
        for (int c = 0; c < NAME.length; c++) {
            NAME[c] = Bytes.isDigit(c) || Bytes.isLetter(c) || MARKS.indexOf(c) >= 0;
        }
    }

    private Hostname() {}

    /** A name, which may be empty, or an address; of IPv6 in brackets. Null if {@code authority} is neither, or the port no port. */
    static @Nullable String of(String authority) {
        int end = authority.startsWith("[") ? literalEnd(authority) : nameEnd(authority);
        return end >= 0 && isPort(authority, end) ? authority.substring(0, end) : null;
    }

    private static int nameEnd(String authority) {
        int end = 0;
        while (end < authority.length() && NAME[authority.charAt(end)]) {
            end++;
        }
        return end;
    }

    /** Behind the closing bracket; -1 if this is no address. */
    private static int literalEnd(String authority) {
        int end = 1;
        while (end < authority.length() && isInLiteral(authority.charAt(end))) {
            end++;
        }
        return end > 1 && end < authority.length() && authority.charAt(end) == ']' ? end + 1 : -1;
    }

    private static boolean isInLiteral(char c) {
        return Character.digit(c, 16) >= 0 || c == ':' || c == '.';
    }

    private static boolean isPort(String authority, int start) {
        if (start == authority.length()) {
            return true;
        }
        int digits = authority.length() - start - 1;
        return authority.charAt(start) == ':'
                && digits <= MOST_PORT_DIGITS
                && Bytes.areDigits(authority.substring(start + 1));
    }
}
