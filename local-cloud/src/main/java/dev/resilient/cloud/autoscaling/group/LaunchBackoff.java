package dev.resilient.cloud.autoscaling.group;

import dev.resilient.cloud.base.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * How long a group waits before it tries to launch again: 10 s after the first failure, twice as long after each further one,
 * at most 5 minutes; what failed during a wait has been waited for. A failure is a launch that EC2 refuses, or an instance that
 * ends by itself before it has proven itself. Failures are forgotten when the group has gone without one for 5 minutes. (AWS
 * backs off too, and does not say how.)
 *
 * @param failures waits in a row
 * @param notBefore no launch before this instant
 * @param failedZones zones in which EC2 refused since the last launch: the others are tried first
 */
public record LaunchBackoff(int failures, Instant notBefore, Set<String> failedZones) {
    public static final LaunchBackoff NONE = new LaunchBackoff(0, Instant.EPOCH, Set.of());
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Keeps its own copy of the zones. */
    public LaunchBackoff {
        failedZones = Set.copyOf(failedZones);
    }

    /**
     * After one more failure.
     *
     * @param zones where EC2 refused; empty if it did not
     */
    public LaunchBackoff afterFailure(Instant now, Pace pace, Set<String> zones) {
        Set<String> all = new HashSet<>(failedZones);
        all.addAll(zones);
        if (now.isBefore(notBefore)) {
            return new LaunchBackoff(failures, notBefore, all);
        }
        int inARow = now.isAfter(notBefore.plus(pace.of(LONGEST))) ? 0 : failures;
        return new LaunchBackoff(inARow + 1, now.plus(pace.of(delayAfter(inARow))), all);
    }

    /** After a launch, of which nobody knows yet how it will end. */
    public LaunchBackoff afterLaunch() {
        return new LaunchBackoff(failures, notBefore, Set.of());
    }

    private static Duration delayAfter(int earlierFailures) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(earlierFailures, 10));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
