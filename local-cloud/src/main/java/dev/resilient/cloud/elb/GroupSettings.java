package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.Pace;
import dev.resilient.loadbalancer.target.HealthyMinimum;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.Stickiness;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The attributes of target groups, and what they come to for the load balancer. */
final class GroupSettings {
    private static final String DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";
    private static final String ALGORITHM = "load_balancing.algorithm.type";
    private static final String MITIGATION = "load_balancing.algorithm.anomaly_mitigation";
    private static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";
    private static final String SLOW_START = "slow_start.duration_seconds";
    private static final String STICKY = "stickiness.enabled";
    private static final String STICKINESS_TYPE = "stickiness.type";
    private static final String OWN_COOKIE_DURATION = "stickiness.lb_cookie.duration_seconds";
    private static final String APPLICATION_COOKIE_NAME = "stickiness.app_cookie.cookie_name";
    private static final String APPLICATION_COOKIE_DURATION = "stickiness.app_cookie.duration_seconds";
    private static final String DNS_MINIMUM = "target_group_health.dns_failover.minimum_healthy_targets.";
    private static final String ROUTING_MINIMUM =
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.";
    private static final String COUNT = "count";
    private static final String PERCENTAGE = "percentage";
    private static final String OFF = "off";

    static final Attributes ATTRIBUTES = new Attributes("Target group")
            .honoured(DEREGISTRATION_DELAY, "300", value -> Attributes.isBetween(value, 0, 3600))
            .honoured(
                    ALGORITHM,
                    "round_robin",
                    Set.of("round_robin", "least_outstanding_requests", "weighted_random")::contains)
            .honoured(MITIGATION, OFF, Set.of("on", OFF)::contains)
            .honoured(
                    CROSS_ZONE,
                    "use_load_balancer_configuration",
                    Set.of("true", "false", "use_load_balancer_configuration")::contains)
            .honoured(SLOW_START, "0", value -> value.equals("0") || Attributes.isBetween(value, 30, 900))
            .honoured(STICKY, "false", Set.of("true", "false")::contains)
            .honoured(STICKINESS_TYPE, "lb_cookie", Set.of("lb_cookie", "app_cookie")::contains)
            .honoured(OWN_COOKIE_DURATION, "86400", GroupSettings::isAWeekAtMost)
            .honoured(APPLICATION_COOKIE_NAME, "", GroupSettings::isCookieName)
            .honoured(APPLICATION_COOKIE_DURATION, "86400", GroupSettings::isAWeekAtMost)
            .honoured(DNS_MINIMUM + COUNT, "1", value -> value.equals(OFF) || isTargets(value))
            .honoured(DNS_MINIMUM + PERCENTAGE, OFF, GroupSettings::isPercentage)
            .honoured(ROUTING_MINIMUM + COUNT, "1", GroupSettings::isTargets)
            .honoured(ROUTING_MINIMUM + PERCENTAGE, OFF, GroupSettings::isPercentage);

    private final Map<String, String> set;

    private GroupSettings(Map<String, String> set) {
        this.set = set;
    }

    private static boolean isAWeekAtMost(String seconds) {
        return Attributes.isBetween(seconds, 1, 604_800);
    }

    private static boolean isTargets(String count) {
        return Attributes.isBetween(count, 1, 1_000);
    }

    private static boolean isPercentage(String value) {
        return value.equals(OFF) || Attributes.isBetween(value, 1, 100);
    }

    private static boolean isCookieName(String name) {
        try {
            return name.isEmpty()
                    || !new Stickiness.ApplicationCookie(name, Duration.ofDays(1))
                            .name()
                            .isEmpty();
        } catch (IllegalArgumentException invalid) {
            return false;
        }
    }

    /** A record as the load balancer wants it: waiting is divided by the pace, what clients are told is not. */
    static TargetGroupSettings of(TargetGroupRecord record, Pace pace) {
        GroupSettings settings = new GroupSettings(record.attributes());
        return new TargetGroupSettings(
                Settings.healthCheck(record.healthCheck(), pace),
                pace.of(settings.seconds(DEREGISTRATION_DELAY)),
                settings.algorithm(pace),
                settings.stickiness(),
                !settings.value(CROSS_ZONE).equals("false"),
                settings.minimum(ROUTING_MINIMUM),
                settings.minimum(DNS_MINIMUM));
    }

    /** Refuses attributes that are valid each by itself and not together. */
    static TargetGroupRecord checked(TargetGroupRecord record) {
        try {
            of(record, Pace.REAL);
            return record;
        } catch (IllegalArgumentException invalid) {
            throw Errors.invalidConfiguration(
                    "The target group attributes do not go together: " + invalid.getMessage());
        }
    }

    private RoutingAlgorithm algorithm(Pace pace) {
        Duration slowStart = seconds(SLOW_START);
        boolean mitigation = value(MITIGATION).equals("on");
        RoutingAlgorithm algorithm =
                switch (value(ALGORITHM)) {
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

    private Stickiness stickiness() {
        if (value(STICKY).equals("false")) {
            return new Stickiness.None();
        }
        return value(STICKINESS_TYPE).equals("lb_cookie")
                ? new Stickiness.LoadBalancerCookie(seconds(OWN_COOKIE_DURATION))
                : new Stickiness.ApplicationCookie(
                        value(APPLICATION_COOKIE_NAME), seconds(APPLICATION_COOKIE_DURATION));
    }

    private HealthyMinimum minimum(String prefix) {
        return new HealthyMinimum(number(prefix + COUNT), number(prefix + PERCENTAGE));
    }

    private OptionalInt number(String key) {
        return value(key).equals(OFF) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value(key)));
    }

    private Duration seconds(String key) {
        return Duration.ofSeconds(ATTRIBUTES.number(set, key));
    }

    private String value(String key) {
        return ATTRIBUTES.value(set, key);
    }
}
