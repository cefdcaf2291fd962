package dev.resilient.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/** Durations to be asked for percentiles: microseconds, kept with three significant digits. Thread-safe. */
public final class Latencies {
    private static final int DIGITS = 3;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(DIGITS);

    /** Adds one. */
    public void record(long nanos) {
        micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    /** How many there are. */
    public long count() {
        return micros.getTotalCount();
    }

    /** The duration that {@code percentile} of a hundred do not exceed, 0 to 100; zero if there are none. */
    public Duration percentile(double percentile) {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros.getValueAtPercentile(percentile)));
    }

    /** The longest. */
    public Duration max() {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros.getMaxValue()));
    }
}
