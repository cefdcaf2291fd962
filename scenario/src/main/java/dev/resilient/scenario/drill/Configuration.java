package dev.resilient.scenario.drill;

import dev.resilient.scenario.resource.Replacement;
import dev.resilient.scenario.resource.ServiceParameter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the service is set up to cope.
 *
 * @param name on the command line and in reports
 * @param description in one sentence
 * @param parameters of the service
 * @param guardedDeployments whether a deployment asks the load balancer if new instances are well
 * @param replacement who replaces instances that do not work
 * @param zones how many zones its instances are in, 1 to 3
 */
public record Configuration(
        String name,
        String description,
        Map<ServiceParameter, String> parameters,
        boolean guardedDeployments,
        Replacement replacement,
        int zones) {

    /** With every remedy. */
    public static final Configuration RESILIENT = new Configuration(
            "resilient",
            "Deep health checks, a static answer, time limits and a circuit breaker, guarded deployments, three zones.",
            Map.of(
                    ServiceParameter.HEALTH_CHECK,
                    "deep",
                    ServiceParameter.FAILURE_RESPONSE,
                    "static",
                    ServiceParameter.TIME_LIMITS,
                    "on"),
            true,
            Replacement.MANUAL,
            3);

    /** With none. */
    public static final Configuration FRAGILE = new Configuration(
            "fragile",
            "Shallow health checks, no answer of its own, no time limits, unguarded deployments, one zone.",
            Map.of(
                    ServiceParameter.HEALTH_CHECK,
                    "shallow",
                    ServiceParameter.FAILURE_RESPONSE,
                    "none",
                    ServiceParameter.TIME_LIMITS,
                    "off"),
            false,
            Replacement.MANUAL,
            1);

    /** The resilient one, with somebody else to replace instances. */
    public static Configuration replacedBy(Replacement replacement) {
        Map<ServiceParameter, String> parameters = new EnumMap<>(RESILIENT.parameters);
        return switch (replacement) {
            case MANUAL ->
                new Configuration(
                        "manual",
                        "The load balancer checks deeply; nobody replaces what it finds unhealthy.",
                        parameters,
                        true,
                        replacement,
                        3);
            case ELB ->
                new Configuration(
                        "elb",
                        "The load balancer checks deeply; Auto Scaling replaces what it finds unhealthy.",
                        parameters,
                        true,
                        replacement,
                        3);
            case HEARTBEAT -> {
                parameters.put(ServiceParameter.HEALTH_CHECK, "shallow");
                yield new Configuration(
                        "heartbeat",
                        "The load balancer checks fast; two guards read the instances' own deep checks and replace with"
                                + " care.",
                        parameters,
                        true,
                        replacement,
                        3);
            }
        };
    }

    /** Copies the map. */
    public Configuration {
        parameters = Map.copyOf(parameters);
    }

    /** What makes it up, by name, as reports show it. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (ServiceParameter parameter : ServiceParameter.values()) {
            String value = parameters.get(parameter);
            if (value != null) {
                settings.put(parameter.key(), value);
            }
        }
        settings.put("deployments", guardedDeployments ? "guarded by the load balancer" : "unguarded");
        settings.put("zones", String.valueOf(zones));
        return settings;
    }
}
