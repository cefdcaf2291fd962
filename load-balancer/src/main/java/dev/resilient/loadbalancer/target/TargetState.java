package dev.resilient.loadbalancer.target;

/** The states of a target, by the names that the Elastic Load Balancing API gives them. */
public enum TargetState {
    /** Being registered, or not yet checked often enough for a verdict. */
    INITIAL("initial"),
    /** Gets requests. */
    HEALTHY("healthy"),
    /** Failed its health checks: gets requests only while no target of its group is healthy. */
    UNHEALTHY("unhealthy"),
    /** Neither checked nor used. */
    UNUSED("unused"),
    /** Deregistered: gets no new requests, finishes those it has. */
    DRAINING("draining"),
    /** Health is not known, since health checks are disabled. */
    UNAVAILABLE("unavailable");

    private final String wireName;

    TargetState(String wireName) {
        this.wireName = wireName;
    }

    /** The name in API answers. */
    public String wireName() {
        return wireName;
    }
}
