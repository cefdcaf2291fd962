package dev.resilient.loadbalancer.target;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What can be chosen about a target group.
 *
 * @param healthCheck how its targets are checked
 * @param deregistrationDelay how long a deregistered target drains; zero or more, default 300 s
 * @param algorithm how a target is chosen for a request; default round robin
 * @param stickiness whether a client that comes again gets the target that it had; default not. Not with weighted random, and not
 *     without cross-zone load balancing
 * @param crossZone whether requests go to targets in all zones, the default, or only to those in the zone that they came in by
 * @param routingMinimum with fewer healthy targets, requests go to all targets; has a count; default one target
 * @param dnsMinimum with fewer healthy targets, a zone gets no new connections, unless all zones have fewer; default one target
 */
public record TargetGroupSettings(
        HealthCheck healthCheck,
        Duration deregistrationDelay,
        RoutingAlgorithm algorithm,
        Stickiness stickiness,
        boolean crossZone,
        HealthyMinimum routingMinimum,
        HealthyMinimum dnsMinimum) {

    /** The defaults of an Application Load Balancer. */
    public static final TargetGroupSettings DEFAULT = new TargetGroupSettings(
            HealthCheck.DEFAULT,
            Duration.ofMinutes(5),
            new RoutingAlgorithm.RoundRobin(),
            new Stickiness.None(),
            true,
            HealthyMinimum.ONE,
            HealthyMinimum.ONE);

    /** @throws IllegalArgumentException if a value is outside its range or does not go with another one, saying which */
    public TargetGroupSettings {
        if (deregistrationDelay.isNegative()) {
            throw new IllegalArgumentException("the deregistration delay is negative: " + deregistrationDelay);
        }
        boolean sticky = !stickiness.equals(new Stickiness.None());
        if (sticky && !crossZone) {
            throw new IllegalArgumentException("stickiness needs cross-zone load balancing");
        }
        if (sticky && algorithm instanceof RoutingAlgorithm.WeightedRandom) {
            throw new IllegalArgumentException("stickiness does not go with the algorithm " + algorithm.wireName());
        }
        if (routingMinimum.count().isEmpty()) {
            throw new IllegalArgumentException("the minimum for routing needs a count of healthy targets");
        }
        if (dnsMinimum.isBelow(routingMinimum)) {
            throw new IllegalArgumentException("the minimum of healthy targets for DNS failover, " + shown(dnsMinimum)
                    + ", is below the one for routing, " + shown(routingMinimum));
        }
    }

    private static String shown(HealthyMinimum minimum) {
        return shown(minimum.count()) + " targets and " + shown(minimum.percentage()) + " %";
    }

    private static String shown(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "any number of";
    }

    /** The same settings with another health check. */
    public TargetGroupSettings withHealthCheck(HealthCheck newHealthCheck) {
        return new TargetGroupSettings(
                newHealthCheck, deregistrationDelay, algorithm, stickiness, crossZone, routingMinimum, dnsMinimum);
    }

    /** The same settings with another deregistration delay. */
    public TargetGroupSettings withDeregistrationDelay(Duration newDelay) {
        return new TargetGroupSettings(
                healthCheck, newDelay, algorithm, stickiness, crossZone, routingMinimum, dnsMinimum);
    }

    /** The same settings with another algorithm. */
    public TargetGroupSettings withAlgorithm(RoutingAlgorithm newAlgorithm) {
        return new TargetGroupSettings(
                healthCheck, deregistrationDelay, newAlgorithm, stickiness, crossZone, routingMinimum, dnsMinimum);
    }

    /** The same settings with another stickiness. */
    public TargetGroupSettings withStickiness(Stickiness newStickiness) {
        return new TargetGroupSettings(
                healthCheck, deregistrationDelay, algorithm, newStickiness, crossZone, routingMinimum, dnsMinimum);
    }

    /** The same settings with requests going to other zones, or not. */
    public TargetGroupSettings withCrossZone(boolean newCrossZone) {
        return new TargetGroupSettings(
                healthCheck, deregistrationDelay, algorithm, stickiness, newCrossZone, routingMinimum, dnsMinimum);
    }

    /** The same settings with other minima of healthy targets. */
    public TargetGroupSettings withMinima(HealthyMinimum newRoutingMinimum, HealthyMinimum newDnsMinimum) {
        return new TargetGroupSettings(
                healthCheck, deregistrationDelay, algorithm, stickiness, crossZone, newRoutingMinimum, newDnsMinimum);
    }
}
