package dev.resilient.loadbalancer.target;

/** How a target is chosen for a request among those that may get one, by the names that the Elastic Load Balancing API gives. */
public enum RoutingAlgorithm {
    /** Each in turn. */
    ROUND_ROBIN("round_robin"),
    /** The one with the fewest requests in flight; among equals, each in turn. */
    LEAST_OUTSTANDING_REQUESTS("least_outstanding_requests");

    private final String wireName;

    RoutingAlgorithm(String wireName) {
        this.wireName = wireName;
    }

    /** The name in API requests and answers. */
    public String wireName() {
        return wireName;
    }
}
