package dev.resilient.cloud.elb;

import dev.resilient.loadbalancer.settings.ListenerSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;

/** The attributes of listeners over HTTP, all of which concern the fields of responses. */
final class ListenerAttributes {
    private static final String PREFIX = "routing.http.response.";
    private static final String SUFFIX = ".header_value";

    static final Attributes<ListenerAttribute> ATTRIBUTES =
            new Attributes<>("Listener", ListenerAttributes::shape, """
                routing.http.response.server.enabled true false
                routing.http.response.strict_transport_security.header_value '' [\\x20-~]*
                routing.http.response.access_control_allow_origin.header_value '' [\\x20-~]*
                routing.http.response.access_control_allow_methods.header_value '' [\\x20-~]*
                routing.http.response.access_control_allow_headers.header_value '' [\\x20-~]*
                routing.http.response.access_control_allow_credentials.header_value '' true
                routing.http.response.access_control_expose_headers.header_value '' [\\x20-~]*
                routing.http.response.access_control_max_age.header_value '' 0..86400
                routing.http.response.content_security_policy.header_value '' [\\x20-~]*
                routing.http.response.x_content_type_options.header_value '' nosniff
                routing.http.response.x_frame_options.header_value '' [\\x20-~]*
                """);

    private ListenerAttributes() {}

    private static ListenerAttribute shape(String key, String value) {
        return ListenerAttribute.builder().key(key).value(value).build();
    }

    static Attributes.Values of(ListenerRecord record) {
        return ATTRIBUTES.of(record.attributes());
    }

    /** What a record says, as the load balancer wants it. */
    static ListenerSettings settings(ListenerRecord record) {
        Map<String, String> fields = new HashMap<>();
        record.attributes().forEach((key, value) -> {
            if (key.endsWith(SUFFIX) && !value.isEmpty()) {
                fields.put(fieldName(key), value);
            }
        });
        return new ListenerSettings(of(record).isTrue("routing.http.response.server.enabled"), fields);
    }

    /** {@code X-Frame-Options} of {@code x_frame_options}. */
    private static String fieldName(String key) {
        return Arrays.stream(key.substring(PREFIX.length(), key.length() - SUFFIX.length())
                        .split("_"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining("-"));
    }
}
