package dev.resilient.cloud.elb.attribute;

import static dev.resilient.cloud.elb.resource.Errors.CONFIGURATION;
import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.StatusMatcher;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
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
        try {
            of(group, Pace.REAL);
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("Health check settings are not valid: " + invalid.getMessage());
        }
        String codes = group.matcher().httpCode();
        refuseIf(
                !Arrays.stream(codes.split("[,-]", -1))
                        .mapToInt(Integer::parseInt)
                        .allMatch(code -> code >= LOWEST_CODE && code <= HIGHEST_CODE),
                VALIDATION,
                "Health check matcher HTTP code '" + codes + "' must be within '" + LOWEST_CODE + "-" + HIGHEST_CODE
                        + "'");
    }

    /**
     * The checks as the load balancer wants them: waiting is divided by the pace, time-outs are not.
     *
     * @throws IllegalArgumentException if path, port or matcher cannot be, saying which
     */
    static HealthCheck of(TargetGroup group, Pace pace) {
        return new HealthCheck(
                group.healthCheckPath(),
                group.healthCheckPort().equals(TRAFFIC_PORT)
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(group.healthCheckPort())),
                pace.of(Duration.ofSeconds(group.healthCheckIntervalSeconds())),
                Duration.ofSeconds(group.healthCheckTimeoutSeconds()),
                group.healthyThresholdCount(),
                group.unhealthyThresholdCount(),
                StatusMatcher.parse(group.matcher().httpCode()));
    }
}
