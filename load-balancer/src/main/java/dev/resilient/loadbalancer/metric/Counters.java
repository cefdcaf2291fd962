package dev.resilient.loadbalancer.metric;

import dev.resilient.loadbalancer.event.BalancerReason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted for one target group in one zone, so that each event is counted once, whoever wants to see it. Thread-safe. */
final class Counters {
    // Full from the beginning, so that reading them needs no lock.
    private final Map<Metric, LongAdder> counts = adders(Metric.class);
    private final Map<BalancerReason, LongAdder> reasons = adders(BalancerReason.class);
    private final LongAdder responses = new LongAdder();
    private final LongAdder responseNanos = new LongAdder();

    private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
        Map<K, LongAdder> adders = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    void add(Metric metric, long amount) {
        add(counts, metric, amount);
    }

    void addIf(boolean holds, Metric metric) {
        if (holds) {
            add(counts, metric, 1);
        }
    }

    void answered(BalancerReason reason) {
        add(reasons, reason, 1);
    }

    private static <K> void add(Map<K, LongAdder> adders, K key, long amount) {
        LongAdder adder = adders.get(key);
        if (adder == null) {
            throw new IllegalStateException("nothing counts " + key);
        }
        adder.add(amount);
    }

    void responded(long nanos) {
        responses.increment();
        responseNanos.add(nanos);
    }

    MetricsSnapshot snapshot() {
        return new MetricsSnapshot(sums(counts), sums(reasons), responses.sum(), responseNanos.sum());
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> adders) {
        Map<K, Long> sums = new HashMap<>();
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
