package dev.resilient.scenario.guard;

import dev.resilient.scenario.base.Pacing;
import java.time.Duration;

/**
 * How careful the guard is. Durations are at AWS's pace.
 *
 * @param failing how long an instance must say that it cannot work
 * @param silent how long an instance must say nothing
 * @param grace how long an instance that has come into service is left alone
 * @param share the share of the fleet that may be replaced within a period, in (0, 1]; one instance at least, or small fleets could
 *     never be healed
 * @param period the time that the share is for
 * @param shared the share of the fleet, in (0, 1), above which so many do not work at the same time that the cause must be one that
 *     they share, which no replacement mends
 */
public record GuardLimits(
        Duration failing, Duration silent, Duration grace, double share, Duration period, double shared) {

    /** 30 s of failing or a minute of silence, 2 minutes of grace, a tenth of the fleet in 5 minutes, nobody when half fail. */
    public static final GuardLimits DEFAULT = new GuardLimits(
            Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2), 0.1, Duration.ofMinutes(5), 0.5);

    /** @throws IllegalArgumentException if a duration is not positive or a share is out of range */
    public GuardLimits {
        if (!failing.isPositive() || !silent.isPositive() || !period.isPositive() || grace.isNegative()) {
            throw new IllegalArgumentException("The guard's durations must be positive.");
        }
        if (!(share > 0 && share <= 1) || !(shared > 0 && shared < 1)) {
            throw new IllegalArgumentException(
                    "The share that may be replaced must be above 0 and at most 1, and the one that is a shared cause"
                            + " below 1.");
        }
    }

    /** The same where waiting goes faster. */
    GuardLimits at(Pacing pacing) {
        return new GuardLimits(
                pacing.scaled(failing),
                pacing.scaled(silent),
                pacing.scaled(grace),
                share,
                pacing.scaled(period),
                shared);
    }

    /** The most instances of a fleet of this size that may be replaced within a period. */
    int most(int fleet) {
        return Math.max(1, (int) (share * fleet));
    }

    /** Whether so many of a fleet do not work that the cause must be shared. One instance alone shares its cause with nobody. */
    boolean isShared(int notWorking, int fleet) {
        return notWorking > 1 && notWorking > shared * fleet;
    }

    /** How long an instance must have been in this condition. */
    Duration patience(Member.Condition condition) {
        return condition == Member.Condition.FAILING ? failing : silent;
    }
}
