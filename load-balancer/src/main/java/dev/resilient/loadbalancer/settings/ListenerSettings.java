package dev.resilient.loadbalancer.settings;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What can be chosen about a listener and changed while it runs: how its responses look to clients.
 *
 * @param sendsServer whether responses have a Server field: the targets' own and the {@code awselb/2.0} of answers made here;
 *     default true, as AWS's attribute {@code routing.http.response.server.enabled}
 * @param responseFields fields that every final response has, in place of the target's own of the same name; none by default. Names
 *     of token characters, values of printable ASCII.
 */
public record ListenerSettings(boolean sendsServer, Map<String, String> responseFields) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern VALUE = Pattern.compile("[ -~]+");

    /** The defaults of an Application Load Balancer. */
    public static final ListenerSettings DEFAULT = new ListenerSettings(true, Map.of());

    /** @throws IllegalArgumentException if a name or a value could not be sent, naming it */
    public ListenerSettings {
        responseFields = Map.copyOf(responseFields);
        responseFields.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("'" + name + ": " + value + "' is not a header field");
            }
        });
    }
}
