package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.TargetGroupRecord.HealthCheckRecord;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.StatusMatcher;
import java.time.Duration;
import java.util.OptionalInt;

/** Records as the load balancer wants them: waiting is divided by the pace, time-outs are not. */
final class Settings {
    private Settings() {}

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
