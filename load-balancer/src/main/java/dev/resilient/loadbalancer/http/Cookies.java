package dev.resilient.loadbalancer.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cookies in the fields of a message (RFC 6265 section 4). */
final class Cookies {
    private Cookies() {}

    /** The value of a request's first cookie of this name, as it was sent; null if there is none. */
    static @Nullable String value(MessageHead head, String name) {
        List<String> fields = head.values("cookie");
        for (String field : fields) {
            for (int at = 0; at < field.length(); ) {
                int semicolon = field.indexOf(';', at);
                int end = semicolon < 0 ? field.length() : semicolon;
                int start = at;
                while (start < end && field.charAt(start) == ' ') {
                    start++;
                }
                if (isNamed(field, start, end, name)) {
                    return field.substring(start + name.length() + 1, end).strip();
                }
                at = end + 1;
            }
        }
        return null;
    }

    /** Whether a response sets a cookie of this name. */
    static boolean sets(MessageHead head, String name) {
        return head.values("set-cookie").stream().anyMatch(field -> isNamed(field, 0, field.length(), name));
    }

    private static boolean isNamed(String text, int start, int end, String name) {
        return start + name.length() < end && text.startsWith(name, start) && text.charAt(start + name.length()) == '=';
    }
}
