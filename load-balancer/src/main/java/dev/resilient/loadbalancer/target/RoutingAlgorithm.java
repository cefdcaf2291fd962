package dev.resilient.loadbalancer.target;

import java.time.Duration;

/** How a target is chosen for a request among those that may get one, by the names that the Elastic Load Balancing API gives. */
public sealed interface RoutingAlgorithm {

    /** The name in API requests and answers. */
    String wireName();

    /**
     * Each in turn.
     *
     * @param slowStart how long a target that becomes healthy beside others gets a share of its requests that grows from none to
     *     all; zero, the default, for the whole share at once
     */
    record RoundRobin(Duration slowStart) implements RoutingAlgorithm {
        /** @throws IllegalArgumentException if the duration is negative */
        public RoundRobin {
            if (slowStart.isNegative()) {
                throw new IllegalArgumentException("the duration of slow start is negative: " + slowStart);
            }
        }

        /** Without slow start. */
        public RoundRobin() {
            this(Duration.ZERO);
        }

        @Override
        public String wireName() {
            return "round_robin";
        }
    }

    /** The one with the fewest requests in flight; among equals, each in turn. */
    record LeastOutstandingRequests() implements RoutingAlgorithm {
        @Override
        public String wireName() {
            return "least_outstanding_requests";
        }
    }

    /**
     * Any, with equal chances.
     *
     * @param anomalyMitigation whether a target that fails more often than its peers gets fewer requests than they do
     */
    record WeightedRandom(boolean anomalyMitigation) implements RoutingAlgorithm {
        @Override
        public String wireName() {
            return "weighted_random";
        }
    }
}
