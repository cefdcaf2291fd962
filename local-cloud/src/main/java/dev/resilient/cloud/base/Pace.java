package dev.resilient.cloud.base;

import java.time.Duration;

/**
 * How much faster than AWS the cloud lets time pass where it only waits: health-check intervals, deregistration delays,
 * grace and cool-down periods, provisioning. Time-outs are not divided, since real work takes real time; values that the API
 * shows and the stamps on resources stay real.
 *
 * @param factor what waiting durations are divided by: 1 is AWS's own speed, the range is [1, 100]
 */
public record Pace(double factor) {

    /** AWS's own speed. */
    public static final Pace REAL = new Pace(1);

    /** Checks the range. */
    public Pace {
        if (!(factor >= 1 && factor <= 100)) {
            throw new IllegalArgumentException("pace must be between 1 and 100, but is " + factor);
        }
    }

    /** The time really waited where AWS waits for {@code duration}; never less than a millisecond unless that is zero. */
    public Duration of(Duration duration) {
        if (duration.isZero()) {
            return duration;
        }
        return Duration.ofNanos(Math.max(1_000_000L, Math.round(duration.toNanos() / factor)));
    }
}
