package dev.resilient.loadbalancer.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The options of the Connection field (RFC 9110 section 7.6.1), in lower case. */
record ConnectionOptions(List<String> options) {
    private static final ConnectionOptions NONE = new ConnectionOptions(List.of());
    private static final ConnectionOptions KEEP_ALIVE = new ConnectionOptions(List.of("keep-alive"));

    static ConnectionOptions of(MessageHead head) {
        List<String> values = head.values("connection");
        if (values.isEmpty()) {
            return NONE;
        }
        if (values.size() == 1 && values.getFirst().equalsIgnoreCase("keep-alive")) {
            return KEEP_ALIVE;
        }
        List<String> options = new ArrayList<>();
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
}
