package dev.resilient.loadbalancer.target;

import java.time.Duration;

/**
 * What can be chosen about a target group.
 *
 * @param healthCheck how its targets are checked
 * @param deregistrationDelay how long a deregistered target drains; zero or more, default 300 s
 * @param algorithm how a target is chosen for a request; default round robin
 */
public record TargetGroupSettings(HealthCheck healthCheck, Duration deregistrationDelay, RoutingAlgorithm algorithm) {

    /** The defaults of an Application Load Balancer. */
    public static final TargetGroupSettings DEFAULT =
            new TargetGroupSettings(HealthCheck.DEFAULT, Duration.ofMinutes(5), RoutingAlgorithm.ROUND_ROBIN);

    /** @throws IllegalArgumentException if the delay is negative */
    public TargetGroupSettings {
        if (deregistrationDelay.isNegative()) {
            throw new IllegalArgumentException("the deregistration delay is negative: " + deregistrationDelay);
        }
    }

    /** The same settings with another health check. */
    public TargetGroupSettings withHealthCheck(HealthCheck newHealthCheck) {
        return new TargetGroupSettings(newHealthCheck, deregistrationDelay, algorithm);
    }

    /** The same settings with another deregistration delay. */
    public TargetGroupSettings withDeregistrationDelay(Duration newDelay) {
        return new TargetGroupSettings(healthCheck, newDelay, algorithm);
    }

    /** The same settings with another algorithm. */
    public TargetGroupSettings withAlgorithm(RoutingAlgorithm newAlgorithm) {
        return new TargetGroupSettings(healthCheck, deregistrationDelay, newAlgorithm);
    }
}
