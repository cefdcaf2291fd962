package dev.resilient.loadbalancer.metric;

import dev.resilient.loadbalancer.event.BalancerReason;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What had been counted at one moment, since the load balancer was started. Immutable.
 *
 * @param counts a value for every metric
 * @param reasons how often each reason made the balancer answer or give up
 * @param responses how many responses of targets the time below is of
 * @param responseNanos the times together from sending a request to a target until the head of its response
 */
public record MetricsSnapshot(
        Map<Metric, Long> counts, Map<BalancerReason, Long> reasons, long responses, long responseNanos) {
    /** Nothing has been counted. */
    public static final MetricsSnapshot EMPTY = new MetricsSnapshot(Map.of(), Map.of(), 0, 0);

    /** What is not in the maps is zero. */
    public MetricsSnapshot {
        counts = complete(counts, Metric.class);
        reasons = complete(reasons, BalancerReason.class);
    }

    private static <K extends Enum<K>> Map<K, Long> complete(Map<K, Long> given, Class<K> keys) {
        Map<K, Long> all = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            all.put(key, given.getOrDefault(key, 0L));
        }
        return Collections.unmodifiableMap(all);
    }

    /** The value of one metric. */
    public long count(Metric metric) {
        return counts.getOrDefault(metric, 0L);
    }

    /** How often a reason made the balancer answer or give up. */
    public long count(BalancerReason reason) {
        return reasons.getOrDefault(reason, 0L);
    }

    /** AWS's {@code TargetResponseTime}, as an average; zero without responses. */
    public Duration targetResponseTime() {
        return responses == 0 ? Duration.ZERO : Duration.ofNanos(responseNanos / responses);
    }

    /** AWS's {@code RequestCountPerTarget}: requests for each target that is healthy now, or for each at all if none is. */
    public double requestCountPerTarget() {
        long healthy = count(Metric.HEALTHY_HOST_COUNT);
        long targets = healthy > 0 ? healthy : count(Metric.UNHEALTHY_HOST_COUNT);
        return targets == 0 ? 0 : (double) count(Metric.REQUEST_COUNT) / targets;
    }

    MetricsSnapshot plus(MetricsSnapshot other) {
        return new MetricsSnapshot(
                sum(counts, other.counts, Metric.class),
                sum(reasons, other.reasons, BalancerReason.class),
                responses + other.responses,
                responseNanos + other.responseNanos);
    }

    private static <K extends Enum<K>> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> two, Class<K> keys) {
        Map<K, Long> sums = new EnumMap<>(keys);
        sums.putAll(one);
        two.forEach((key, value) -> sums.merge(key, value, Long::sum));
        return sums;
    }
}
