package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.elb.TargetGroupRecord.HealthCheckRecord;
import dev.resilient.loadbalancer.settings.DesyncMode;
import dev.resilient.loadbalancer.settings.ForwardedForMode;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.StatusMatcher;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

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

    static LoadBalancerSettings of(LoadBalancerRecord record) {
        Attributes attributes = Attributes.OF_LOAD_BALANCERS;
        Map<String, String> set = record.attributes();
        return new LoadBalancerSettings(
                Duration.ofSeconds(attributes.number(set, Attributes.IDLE_TIMEOUT)),
                Duration.ofSeconds(attributes.number(set, Attributes.CLIENT_KEEP_ALIVE)),
                named(DesyncMode.values(), DesyncMode::wireName, attributes.value(set, Attributes.DESYNC_MODE)),
                attributes.flag(set, Attributes.DROP_INVALID_FIELDS),
                named(
                        ForwardedForMode.values(),
                        ForwardedForMode::wireName,
                        attributes.value(set, Attributes.FORWARDED_FOR)),
                attributes.flag(set, Attributes.FORWARDED_CLIENT_PORT),
                attributes.flag(set, Attributes.PRESERVE_HOST));
    }

    private static <T> T named(T[] values, Function<T, String> wireName, String wanted) {
        return Arrays.stream(values)
                .filter(known -> wireName.apply(known).equals(wanted))
                .findFirst()
                .orElseThrow();
    }
}
