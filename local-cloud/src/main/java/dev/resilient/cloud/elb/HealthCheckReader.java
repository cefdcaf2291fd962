package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.TargetGroupRecord.HealthCheckRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;

/** Reads health-check settings out of requests; what a request leaves out stays as it is. */
final class HealthCheckReader {
    private static final int LOWEST_CODE = 200;
    private static final int HIGHEST_CODE = 499;

    private HealthCheckReader() {}

    static HealthCheckRecord read(CreateTargetGroupRequest request) {
        HealthCheckRecord usual = HealthCheckRecord.DEFAULT;
        checkProtocol(request.healthCheckProtocolAsString(), request.healthCheckEnabled());
        return checked(new HealthCheckRecord(
                or(request.healthCheckPath(), usual.path()),
                or(request.healthCheckPort(), usual.port()),
                or(request.healthCheckIntervalSeconds(), usual.intervalSeconds()),
                or(request.healthCheckTimeoutSeconds(), usual.timeoutSeconds()),
                or(request.healthyThresholdCount(), usual.healthyThreshold()),
                or(request.unhealthyThresholdCount(), usual.unhealthyThreshold()),
                codes(request.matcher(), usual.matcher())));
    }

    static HealthCheckRecord read(ModifyTargetGroupRequest request, HealthCheckRecord now) {
        checkProtocol(request.healthCheckProtocolAsString(), request.healthCheckEnabled());
        return checked(new HealthCheckRecord(
                or(request.healthCheckPath(), now.path()),
                or(request.healthCheckPort(), now.port()),
                or(request.healthCheckIntervalSeconds(), now.intervalSeconds()),
                or(request.healthCheckTimeoutSeconds(), now.timeoutSeconds()),
                or(request.healthyThresholdCount(), now.healthyThreshold()),
                or(request.unhealthyThresholdCount(), now.unhealthyThreshold()),
                codes(request.matcher(), now.matcher())));
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static void checkProtocol(@Nullable String protocol, @Nullable Boolean enabled) {
        if (protocol != null && !protocol.equals("HTTP")) {
            throw Errors.validation("The health check protocol '" + protocol + "' is not supported by this cloud");
        }
        refuseIf(
                Boolean.FALSE.equals(enabled),
                () -> Errors.invalidConfiguration(
                        "Health check enabled must be true for target groups with target type" + " 'instance'"));
    }

    private static String codes(@Nullable Matcher matcher, String otherwise) {
        if (matcher == null) {
            return otherwise;
        }
        if (matcher.grpcCode() != null || matcher.httpCode() == null) {
            throw Errors.validation("A matcher of an HTTP target group has an HttpCode and no GrpcCode");
        }
        return matcher.httpCode();
    }

    private static HealthCheckRecord checked(HealthCheckRecord read) {
        refuseIf(
                read.timeoutSeconds() >= read.intervalSeconds(),
                () -> Errors.validation("Health check interval must be greater than the timeout."));
        try {
            Settings.healthCheck(read, Pace.REAL);
        } catch (IllegalArgumentException invalid) {
            throw Errors.validation("Health check settings are not valid: " + invalid.getMessage());
        }
        boolean inRange = Arrays.stream(read.matcher().split("[,-]", -1))
                .mapToInt(Integer::parseInt)
                .allMatch(code -> code >= LOWEST_CODE && code <= HIGHEST_CODE);
        refuseIf(
                !inRange,
                () -> Errors.validation("Health check matcher HTTP code '" + read.matcher() + "' must be within '"
                        + LOWEST_CODE + "-" + HIGHEST_CODE + "'"));
        return read;
    }
}
