package dev.resilient.loadbalancer.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The options of the Connection field (RFC 9110 section 7.6.1), in lower case. */
record ConnectionOptions(Set<String> options) {
    private static final ConnectionOptions NONE = new ConnectionOptions(Set.of());
    private static final ConnectionOptions KEEP_ALIVE = new ConnectionOptions(Set.of("keep-alive"));

    static ConnectionOptions of(MessageHead head) {
        List<String> values = head.values("connection");
        if (values.isEmpty()) {
            return NONE;
        }
        if (values.size() == 1 && values.getFirst().equalsIgnoreCase("keep-alive")) {
            return KEEP_ALIVE;
        }
        Set<String> options = new HashSet<>();
        for (String value : values) {
            for (String option : value.split(",")) {
                options.add(option.strip().toLowerCase(Locale.ROOT));
            }
        }
        return new ConnectionOptions(options);
    }

    /** Whether the connection stays open after the message, in the given version's way of saying so. */
    boolean keepAlive(boolean http11) {
        return http11 ? !options.contains("close") : options.contains("keep-alive");
    }

    /** Whether a field is one of them, and so of this connection only. */
    boolean contain(MessageHead head, int field) {
        return !options.isEmpty() && options.contains(head.name(field));
    }
}
