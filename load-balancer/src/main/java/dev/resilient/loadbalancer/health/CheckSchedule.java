package dev.resilient.loadbalancer.health;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When one target is checked, from now on: soon for the first time, so that it need not wait for requests, and then once per interval
 * at a phase of its own, so that targets that were registered together are not checked together.
 *
 * @param firstNanos until the first check: at most a tenth of the interval
 * @param secondNanos until the second check: at most an interval after the first
 * @param intervalNanos from the beginning of the second check, and of each later one, to the beginning of the next
 */
record CheckSchedule(long firstNanos, long secondNanos, long intervalNanos) {
    private static final int FIRST_WITHIN = 10;

    static CheckSchedule draw(Duration interval, RandomGenerator random) {
        long nanos = interval.toNanos();
        long first = random.nextLong(nanos / FIRST_WITHIN + 1);
        return new CheckSchedule(first, first + random.nextLong(nanos), nanos);
    }
}
