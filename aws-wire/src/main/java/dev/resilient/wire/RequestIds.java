package dev.resilient.wire;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Makes the ids that responses carry, in the shape of a UUID. Thread-safe. */
final class RequestIds {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private final long start;
    private final AtomicLong next;

    /** Draws where to start from {@code random}, and nothing later. */
    RequestIds(RandomGenerator random) {
        this.start = random.nextLong();
        this.next = new AtomicLong(random.nextLong());
    }

    /** An id that was not given out before. */
    String next() {
        long state = next.addAndGet(GOLDEN_GAMMA);
        long high = (mix(state ^ start) & ~0xF000L) | 0x4000L;
        long low = (state & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low).toString().toLowerCase(Locale.ROOT);
    }

    private static long mix(long state) {
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
