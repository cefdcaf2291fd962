package dev.resilient.recommendation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The last recommendations that there were, whatever table they came from, and when the table last worked. Thread-safe. */
final class LastGood {
    private static final int KEPT = 32;
    private static final long NEVER = Long.MIN_VALUE;

    private final Clocks clocks;
    private final AtomicReferenceArray<@Nullable Kept> items = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicLong workedNanos = new AtomicLong(NEVER);

    LastGood(Clocks clocks) {
        this.clocks = clocks;
    }

    private record Kept(Map<String, AttributeValue> item, long nanos) {}

    /** @param age since it was read from the table */
    record Aged(Map<String, AttributeValue> item, Duration age) {}

    /** A recommendation was read. */
    void keep(Map<String, AttributeValue> item) {
        long now = clocks.nanoTime();
        items.set(Math.floorMod(written.getAndIncrement(), KEPT), new Kept(item, now));
        workedNanos.set(now);
    }

    /** The table was seen to work, for nobody in particular. */
    void worked() {
        workedNanos.set(clocks.nanoTime());
    }

    /** One of the recommendations kept, each in turn. */
    Optional<Aged> next() {
        int known = Math.min(KEPT, written.get());
        if (known <= 0) {
            return Optional.empty();
        }
        Kept kept = items.get(Math.floorMod(read.getAndIncrement(), known));
        return Optional.ofNullable(kept)
                .map(found -> new Aged(found.item(), Duration.ofNanos(clocks.nanoTime() - found.nanos())));
    }

    /** How long ago the table last worked; empty if it never did. */
    Optional<Duration> sinceItWorked() {
        long then = workedNanos.get();
        return then == NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(clocks.nanoTime() - then));
    }
}
