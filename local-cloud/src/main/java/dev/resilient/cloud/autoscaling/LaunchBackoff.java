package dev.resilient.cloud.autoscaling;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * How long a group waits before it tries to launch again: 10 s after the first failure, twice as long after each further one,
 * at most 5 minutes. (AWS backs off too, and does not say how.)
 *
 * @param failures passes in a row in which a launch failed
 * @param notBefore no launch before this instant
 * @param failedZones zones that failed since the last success: the others are tried first
 */
record LaunchBackoff(int failures, Instant notBefore, Set<String> failedZones) {
    static final LaunchBackoff NONE = new LaunchBackoff(0, Instant.EPOCH, Set.of());
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    LaunchBackoff {
        failedZones = Set.copyOf(failedZones);
    }

    /** How long to wait after one more failure, at AWS's own speed. */
    Duration nextDelay() {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures, 10));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    LaunchBackoff afterFailure(Instant nextTry, Set<String> zones) {
        Set<String> all = new HashSet<>(failedZones);
        all.addAll(zones);
        return new LaunchBackoff(failures + 1, nextTry, all);
    }
}
