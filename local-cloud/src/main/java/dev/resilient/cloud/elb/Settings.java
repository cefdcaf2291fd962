package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.TargetGroupRecord.HealthCheckRecord;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.StatusMatcher;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import java.time.Duration;
import java.util.OptionalInt;

/** Records as the load balancer wants them: waiting is divided by the pace, time-outs are not. */
final class Settings {
    private Settings() {}

    static TargetGroupSettings of(TargetGroupRecord record, Pace pace) {
        int delay = Attributes.OF_TARGET_GROUPS.number(record.attributes(), Attributes.DEREGISTRATION_DELAY);
        String algorithm = Attributes.OF_TARGET_GROUPS.value(record.attributes(), Attributes.ALGORITHM);
        return TargetGroupSettings.DEFAULT
                .withHealthCheck(healthCheck(record.healthCheck(), pace))
                .withDeregistrationDelay(pace.of(Duration.ofSeconds(delay)))
                .withAlgorithm(
                        algorithm.equals("round_robin")
                                ? new RoutingAlgorithm.RoundRobin()
                                : new RoutingAlgorithm.LeastOutstandingRequests());
    }

    /**
     * @throws IllegalArgumentException if path, port or matcher cannot be, saying which
     */
    static HealthCheck healthCheck(HealthCheckRecord record, Pace pace) {
        return new HealthCheck(
                record.path(),
                record.port().equals(HealthCheckRecord.TRAFFIC_PORT)
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(record.port())),
                pace.of(Duration.ofSeconds(record.intervalSeconds())),
                Duration.ofSeconds(record.timeoutSeconds()),
                record.healthyThreshold(),
                record.unhealthyThreshold(),
                StatusMatcher.parse(record.matcher()));
    }

    static Duration idleTimeout(LoadBalancerRecord record) {
        return Duration.ofSeconds(Attributes.OF_LOAD_BALANCERS.number(record.attributes(), Attributes.IDLE_TIMEOUT));
    }
}
