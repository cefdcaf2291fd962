package dev.resilient.recommendation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values of the four parameters that steer the service.
 *
 * @param table the table that recommendations come from; {@code doc-example-recommendation-service} by default
 * @param failureResponse what is answered when there is none; {@link FailureResponse#NONE} by default
 * @param healthCheck what a health check looks at; {@link HealthCheck#SHALLOW} by default
 * @param timeLimits whether the server limits what the table may cost it; {@link TimeLimits#ON} by default
 */
record ServiceParameters(
        String table, FailureResponse failureResponse, HealthCheck healthCheck, TimeLimits timeLimits) {
    private static final Logger log = LoggerFactory.getLogger(ServiceParameters.class);

    /** What holds until the Parameter Store says otherwise. */
    static final ServiceParameters DEFAULTS = new ServiceParameters(
            "doc-example-recommendation-service", FailureResponse.NONE, HealthCheck.SHALLOW, TimeLimits.ON);

    /**
     * The names of the parameters in the Parameter Store.
     *
     * @param table names the table
     * @param failureResponse {@code none}, {@code static} or {@code cached}
     * @param healthCheck {@code shallow} or {@code deep}
     * @param timeLimits {@code on} or {@code off}
     */
    record Names(String table, String failureResponse, String healthCheck, String timeLimits) {

        /** The names that begin with {@code prefix}. */
        static Names startingWith(String prefix) {
            return new Names(
                    prefix + "-table", prefix + "-failure-response", prefix + "-health-check", prefix + "-time-limits");
        }

        List<String> all() {
            return List.of(table, failureResponse, healthCheck, timeLimits);
        }
    }

    /** The parameters with these values by name; one that is absent, or whose value means nothing, has its default. */
    static ServiceParameters of(Map<String, String> values, Names names) {
        return new ServiceParameters(
                values.getOrDefault(names.table, DEFAULTS.table),
                constant(FailureResponse.class, values.get(names.failureResponse), DEFAULTS.failureResponse),
                constant(HealthCheck.class, values.get(names.healthCheck), DEFAULTS.healthCheck),
                constant(TimeLimits.class, values.get(names.timeLimits), DEFAULTS.timeLimits));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, @Nullable String value, E otherwise) {
        if (value == null) {
            return otherwise;
        }
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            log.debug("{} has no value {}, so {} holds", type.getSimpleName(), value, otherwise, unknown);
            return otherwise;
        }
    }
}
