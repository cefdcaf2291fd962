package dev.resilient.cloud.store;

import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Looks at resources as they were: whoever looks {@link #ago} finds in every {@link ResourceMap} of the stores that have this
 * hindsight what was there then, at one and the same moment. What is changed meanwhile is changed now. Thread-safe.
 */
public final class Hindsight {
    private static final ScopedValue<Optional<Long>> SEEN_AT = ScopedValue.newInstance();
    private final TimeSource time;
    private final Duration reach;
    private volatile OptionalLong start = OptionalLong.empty();

    /**
     * Hindsight that has not begun: everybody sees the present.
     *
     * @param reach how far back anybody ever looks
     */
    public Hindsight(TimeSource time, Duration reach) {
        this.time = time;
        this.reach = reach;
    }

    /** Begins: from now on one can look back, but not further than to this moment. */
    public void begin() {
        start = OptionalLong.of(time.nanoTime());
    }

    /** What {@code look} would have found a while ago. It must do its looking on the calling thread. */
    public <T> T ago(Duration lag, Supplier<T> look) {
        OptionalLong begun = start;
        if (begun.isEmpty()) {
            return look.get();
        }
        long sinceStart = Math.max(0, time.nanoTime() - begun.getAsLong() - lag.toNanos());
        return ScopedValue.where(SEEN_AT, Optional.of(begun.getAsLong() + sinceStart))
                .call(look::get);
    }

    /** What {@code look} finds now, whoever calls it in hindsight: for what is known everywhere at once. */
    public static <T> T now(Supplier<T> look) {
        return SEEN_AT.isBound()
                ? ScopedValue.where(SEEN_AT, Optional.<Long>empty()).call(look::get)
                : look.get();
    }

    /** The moment that this thread looks at, on the clock of {@link TimeSource#nanoTime}; empty if it is the present. */
    static Optional<Long> seenAt() {
        return SEEN_AT.orElse(Optional.empty());
    }

    long nanoTime() {
        return time.nanoTime();
    }

    /** Whether nobody looks back as far as that any more. */
    boolean isForgotten(long nanos) {
        return time.nanoTime() - nanos > reach.toNanos();
    }
}
