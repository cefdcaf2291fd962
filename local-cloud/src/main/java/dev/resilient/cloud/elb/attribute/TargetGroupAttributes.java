package dev.resilient.cloud.elb.attribute;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.TargetGroupRecord;
import dev.resilient.loadbalancer.target.HealthyMinimum;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.Stickiness;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.time.Duration;
import java.util.OptionalInt;

/** The attributes of target groups, and what they come to. */
public final class TargetGroupAttributes {
    /** Names, defaults and patterns. */
    public static final Attributes ATTRIBUTES = new Attributes("Target group", """
        deregistration_delay.timeout_seconds 300 0..3600
        load_balancing.algorithm.type round_robin least_outstanding_requests weighted_random
        load_balancing.algorithm.anomaly_mitigation off on
        load_balancing.cross_zone.enabled use_load_balancer_configuration true false
        slow_start.duration_seconds 0 30..900
        stickiness.enabled false true
        stickiness.type lb_cookie app_cookie
        stickiness.lb_cookie.duration_seconds 86400 1..604800
        stickiness.app_cookie.cookie_name '' (?!AWSALB)[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}
        stickiness.app_cookie.duration_seconds 86400 1..604800
        target_group_health.dns_failover.minimum_healthy_targets.count 1 off 1..1000
        target_group_health.dns_failover.minimum_healthy_targets.percentage off 1..100
        target_group_health.unhealthy_state_routing.minimum_healthy_targets.count 1 1..1000
        target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage off 1..100
        """);

    private TargetGroupAttributes() {}

    /** A record as the load balancer wants it: waiting is divided by the pace, what clients are told is not. */
    public static TargetGroupSettings settings(TargetGroupRecord record, Pace pace) {
        Attributes.Values values = ATTRIBUTES.of(record);
        return new TargetGroupSettings(
                HealthChecks.of(record.shape(), pace),
                pace.of(values.seconds("deregistration_delay.timeout_seconds")),
                algorithm(values, pace),
                stickiness(values),
                !values.text("load_balancing.cross_zone.enabled").equals("false"),
                minimum(values, "unhealthy_state_routing"),
                minimum(values, "dns_failover"));
    }

    /** Refuses attributes that are valid each by itself and not together. */
    public static void check(TargetGroupRecord record) {
        try {
            settings(record, Pace.REAL);
        } catch (IllegalArgumentException invalid) {
            throw Errors.invalidConfiguration(
                    "The target group attributes do not go together: " + invalid.getMessage());
        }
    }

    private static RoutingAlgorithm algorithm(Attributes.Values values, Pace pace) {
        Duration slowStart = values.seconds("slow_start.duration_seconds");
        boolean mitigation =
                values.text("load_balancing.algorithm.anomaly_mitigation").equals("on");
        RoutingAlgorithm algorithm =
                switch (values.text("load_balancing.algorithm.type")) {
                    case "least_outstanding_requests" -> new RoutingAlgorithm.LeastOutstandingRequests();
                    case "weighted_random" -> new RoutingAlgorithm.WeightedRandom(mitigation);
                    default -> new RoutingAlgorithm.RoundRobin(pace.of(slowStart));
                };
        if (!slowStart.isZero() && !(algorithm instanceof RoutingAlgorithm.RoundRobin)) {
            throw new IllegalArgumentException("slow start does not go with the algorithm " + algorithm.wireName());
        }
        if (mitigation && !(algorithm instanceof RoutingAlgorithm.WeightedRandom)) {
            throw new IllegalArgumentException(
                    "anomaly mitigation does not go with the algorithm " + algorithm.wireName());
        }
        return algorithm;
    }

    private static Stickiness stickiness(Attributes.Values values) {
        if (!values.isTrue("stickiness.enabled")) {
            return new Stickiness.None();
        }
        return values.text("stickiness.type").equals("lb_cookie")
                ? new Stickiness.LoadBalancerCookie(values.seconds("stickiness.lb_cookie.duration_seconds"))
                : new Stickiness.ApplicationCookie(
                        values.text("stickiness.app_cookie.cookie_name"),
                        values.seconds("stickiness.app_cookie.duration_seconds"));
    }

    private static HealthyMinimum minimum(Attributes.Values values, String what) {
        String minimum = "target_group_health." + what + ".minimum_healthy_targets.";
        return new HealthyMinimum(number(values.text(minimum + "count")), number(values.text(minimum + "percentage")));
    }

    private static OptionalInt number(String value) {
        return value.equals("off") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
    }
}
