package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Names;

/** The parameters that steer the servers while they run. */
public enum ServiceParameter {
    /** The name of the table that recommendations come from. */
    TABLE("table"),
    /** What to answer when there is no recommendation: {@code none} or {@code static}. */
    FAILURE_RESPONSE("failure-response"),
    /** What a health check looks at: {@code shallow} or {@code deep}. */
    HEALTH_CHECK("health-check"),
    /** Whether servers limit how long the table may take, and how much of it they use at once: {@code on} or {@code off}. */
    TIME_LIMITS("time-limits");

    private final String key;

    ServiceParameter(String key) {
        this.key = key;
    }

    /** What it is called within a deployment. */
    public String key() {
        return key;
    }

    /** Its name in Parameter Store. */
    public String name(Names names) {
        return names.parameter(key);
    }

    /** The value in an undisturbed deployment. */
    public String initialValue(Names names) {
        return switch (this) {
            case TABLE -> names.table();
            case FAILURE_RESPONSE -> "none";
            case HEALTH_CHECK -> "shallow";
            case TIME_LIMITS -> "on";
        };
    }

    /** The value that it has when the dependency is gone, or when what guards against that is switched over. */
    public String changedValue() {
        return switch (this) {
            case TABLE -> "this-is-not-a-table";
            case FAILURE_RESPONSE -> "static";
            case HEALTH_CHECK -> "deep";
            case TIME_LIMITS -> "off";
        };
    }
}
