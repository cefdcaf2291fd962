package dev.resilient.cloud.elb.attribute;

import static dev.resilient.cloud.elb.resource.Errors.CONFIGURATION;
import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.StatusMatcher;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** What the health checks of a target group must be like, and what they come to. */
public final class HealthChecks {
    /** The port of health checks that stands for each target's own. */
    public static final String TRAFFIC_PORT = "traffic-port";

    private static final int LOWEST_CODE = 200;
    private static final int HIGHEST_CODE = 499;

    private HealthChecks() {}

    /** Refuses a target group that cannot be checked as it says. */
    public static void check(TargetGroup group) {
        Errors.requireKind("health check protocol", group.healthCheckProtocolAsString(), "HTTP");
        refuseIf(
                !group.healthCheckEnabled(),
                CONFIGURATION,
                "Health check enabled must be true for target groups with target type 'instance'");
        refuseIf(
                group.matcher().grpcCode() != null || group.matcher().httpCode() == null,
                VALIDATION,
                "A matcher of an HTTP target group has an HttpCode and no GrpcCode");
        refuseIf(
                group.healthCheckTimeoutSeconds() >= group.healthCheckIntervalSeconds(),
                VALIDATION,
                "Health check interval must be greater than the timeout.");
        of(group, Pace.REAL);
    }

    /** The checks as the load balancer wants them: waiting is divided by the pace, time-outs are not. Refuses what cannot be. */
    static HealthCheck of(TargetGroup group, Pace pace) {
        HealthCheck timed = HealthCheck.DEFAULT
                .withTiming(
                        pace.of(Duration.ofSeconds(group.healthCheckIntervalSeconds())),
                        Duration.ofSeconds(group.healthCheckTimeoutSeconds()))
                .withThresholds(group.healthyThresholdCount(), group.unhealthyThresholdCount());
        String path = group.healthCheckPath();
        HealthCheck at = read("path", path, "be printable ASCII that begins with '/'", () -> timed.withPath(path));
        String port = group.healthCheckPort();
        HealthCheck on = read(
                "port",
                port,
                "be '" + TRAFFIC_PORT + "' or within '1-65535'",
                () -> port.equals(TRAFFIC_PORT) ? at : at.withPort(Integer.parseInt(port)));
        String codes = group.matcher().httpCode();
        return read(
                "matcher HTTP code",
                codes,
                "be within '" + LOWEST_CODE + "-" + HIGHEST_CODE + "'",
                () -> on.withMatcher(StatusMatcher.parse(codes, LOWEST_CODE, HIGHEST_CODE)));
    }

    private static HealthCheck read(String what, String given, String rule, Supplier<HealthCheck> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("Health check " + what + " '" + given + "' must " + rule);
        }
    }
}
