package dev.resilient.loadbalancer.target;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How the targets of a group are checked: {@code GET path}, on a connection of its own, once per interval.
 *
 * <p>Any positive duration and threshold is accepted; the narrower ranges of the Elastic Load Balancing API (interval 5 to 300 s,
 * timeout 2 to 120 s, thresholds 2 to 10) are that API's to check.
 *
 * @param path path and query of the request, beginning with a slash; default {@code /}
 * @param port where to connect; empty, the default, for the port that receives the traffic
 * @param interval from the beginning of one check to the beginning of the next; default 30 s
 * @param timeout within which a check must be answered, connecting included; default 5 s
 * @param healthyThreshold successes in a row that make an unhealthy target healthy; default 5. A new target needs one
 * @param unhealthyThreshold failures in a row that make a target unhealthy; default 2
 * @param matcher the status codes of success; default {@code 200}
 */
public record HealthCheck(
        String path,
        OptionalInt port,
        Duration interval,
        Duration timeout,
        int healthyThreshold,
        int unhealthyThreshold,
        StatusMatcher matcher) {

    /** The defaults of an Application Load Balancer. */
    public static final HealthCheck DEFAULT = new HealthCheck(
            "/", OptionalInt.empty(), Duration.ofSeconds(30), Duration.ofSeconds(5), 5, 2, StatusMatcher.parse("200"));

    /** @throws IllegalArgumentException if a value is outside its range, saying which */
    public HealthCheck {
        require(path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 0x7f), "path", path);
        port.ifPresent(value -> require(value > 0 && value < 65_536, "port", value));
        require(interval.isPositive(), "interval", interval);
        require(timeout.isPositive(), "timeout", timeout);
        require(healthyThreshold > 0, "healthy threshold", healthyThreshold);
        require(unhealthyThreshold > 0, "unhealthy threshold", unhealthyThreshold);
    }

    /** The same check of another path. */
    public HealthCheck withPath(String newPath) {
        return new HealthCheck(newPath, port, interval, timeout, healthyThreshold, unhealthyThreshold, matcher);
    }

    /** The same check of a fixed port, whatever port receives the traffic. */
    public HealthCheck withPort(int newPort) {
        return new HealthCheck(
                path, OptionalInt.of(newPort), interval, timeout, healthyThreshold, unhealthyThreshold, matcher);
    }

    /** The same check at another pace. */
    public HealthCheck withTiming(Duration newInterval, Duration newTimeout) {
        return new HealthCheck(path, port, newInterval, newTimeout, healthyThreshold, unhealthyThreshold, matcher);
    }

    /** The same check with other thresholds. */
    public HealthCheck withThresholds(int newHealthyThreshold, int newUnhealthyThreshold) {
        return new HealthCheck(path, port, interval, timeout, newHealthyThreshold, newUnhealthyThreshold, matcher);
    }

    /** The same check with another idea of success. */
    public HealthCheck withMatcher(StatusMatcher newMatcher) {
        return new HealthCheck(path, port, interval, timeout, healthyThreshold, unhealthyThreshold, newMatcher);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("not a valid " + name + " of a health check: " + value);
        }
    }
}
