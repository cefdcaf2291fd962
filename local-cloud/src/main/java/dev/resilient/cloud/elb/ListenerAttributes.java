package dev.resilient.cloud.elb;

import dev.resilient.loadbalancer.settings.ListenerSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The attributes of listeners over HTTP, all of which concern the fields of responses. */
final class ListenerAttributes {
    private static final String SERVER = "routing.http.response.server.enabled";
    private static final String PREFIX = "routing.http.response.";
    private static final String SUFFIX = ".header_value";
    private static final int LONGEST_MAX_AGE = 86_400;

    static final Attributes ATTRIBUTES = new Attributes("Listener")
            .honoured(SERVER, "true", Set.of("true", "false")::contains)
            .honoured(key("strict_transport_security"), "", ListenerAttributes::isFieldValue)
            .honoured(key("access_control_allow_origin"), "", ListenerAttributes::isFieldValue)
            .honoured(key("access_control_allow_methods"), "", ListenerAttributes::isFieldValue)
            .honoured(key("access_control_allow_headers"), "", ListenerAttributes::isFieldValue)
            .honoured(key("access_control_allow_credentials"), "", Set.of("", "true")::contains)
            .honoured(key("access_control_expose_headers"), "", ListenerAttributes::isFieldValue)
            .honoured(
                    key("access_control_max_age"),
                    "",
                    ((Predicate<String>) String::isEmpty).or(age -> Attributes.isBetween(age, 0, LONGEST_MAX_AGE)))
            .honoured(key("content_security_policy"), "", ListenerAttributes::isFieldValue)
            .honoured(key("x_content_type_options"), "", Set.of("", "nosniff")::contains)
            .honoured(key("x_frame_options"), "", ListenerAttributes::isFieldValue);

    private ListenerAttributes() {}

    private static String key(String field) {
        return PREFIX + field + SUFFIX;
    }

    private static boolean isFieldValue(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** What a record says, as the load balancer wants it. */
    static ListenerSettings of(ListenerRecord record) {
        Map<String, String> fields = new HashMap<>();
        record.attributes().forEach((key, value) -> {
            if (key.endsWith(SUFFIX) && !value.isEmpty()) {
                fields.put(fieldName(key), value);
            }
        });
        return new ListenerSettings(ATTRIBUTES.flag(record.attributes(), SERVER), fields);
    }

    /** {@code X-Frame-Options} of {@code x_frame_options}. */
    private static String fieldName(String key) {
        return Arrays.stream(key.substring(PREFIX.length(), key.length() - SUFFIX.length())
                        .split("_"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining("-"));
    }
}
