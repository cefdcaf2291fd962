package dev.resilient.recommendation;

import java.time.Duration;

/**
 * How far the server goes for a recommendation before it answers without one.
 *
 * @param concurrentRequests how many requests may use the table at once, positive
 * @param turn how long a request waits until it is one of them
 * @param answer how long the table may then take, retries included; for health checks too
 * @param openCircuit how long an open circuit lets no request through before one may try again; without a circuit, zero
 * @param keyLife how long the keys of a table are used before they are loaded again
 */
record Limits(int concurrentRequests, Duration turn, TimeLimit answer, Duration openCircuit, Duration keyLife) {

    /** What suits a load balancer that gives a health check five seconds, and a table that answers in milliseconds. */
    static final Limits DEFAULTS = new Limits(
            64,
            Duration.ofMillis(500),
            new TimeLimit(Duration.ofSeconds(1)),
            Duration.ofMillis(500),
            Duration.ofSeconds(5));

    /** None to speak of: a request waits for the table as long as its client libraries let it. */
    static final Limits NONE = new Limits(
            Integer.MAX_VALUE, Duration.ZERO, new TimeLimit(Duration.ofHours(1)), Duration.ZERO, Duration.ofSeconds(5));
}
