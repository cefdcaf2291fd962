package dev.resilient.cloud.elb.attribute;

import dev.resilient.cloud.elb.resource.ListenerRecord;
import dev.resilient.cloud.elb.resource.Names;
import dev.resilient.loadbalancer.settings.ListenerSettings;
import java.util.HashMap;
import java.util.Map;

/** The attributes of listeners over HTTP, all of which concern the fields of responses. */
public final class ListenerAttributes {
    private static final String PREFIX = "routing.http.response.";
    private static final String SUFFIX = ".header_value";

    /** Names, defaults and patterns. */
    public static final Attributes ATTRIBUTES = new Attributes("Listener", """
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

    /** What a record says, as the load balancer wants it. */
    public static ListenerSettings settings(ListenerRecord record) {
        Map<String, String> fields = new HashMap<>();
        record.attributes().forEach((key, value) -> {
            if (key.endsWith(SUFFIX) && !value.isEmpty()) {
                fields.put(fieldName(key), value);
            }
        });
        return new ListenerSettings(ATTRIBUTES.of(record).isTrue("routing.http.response.server.enabled"), fields);
    }

    /** {@code X-Frame-Options} of {@code x_frame_options}. */
    private static String fieldName(String key) {
        String words = key.substring(PREFIX.length(), key.length() - SUFFIX.length());
        return Names.capitalized(words.split("_"), "-");
    }
}
