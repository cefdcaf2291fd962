package dev.resilient.recommendation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time, as an argument. The server stands alone and has no other room's; this is the only place in it that reads clocks.
 *
 * @param wall for what others are told
 * @param elapsedNanos for how long something took or has been so; from an arbitrary origin, never running backwards
 */
record Clocks(InstantSource wall, LongSupplier elapsedNanos) {
    /** The machine's. */
    static final Clocks SYSTEM = new Clocks(InstantSource.system(), System::nanoTime);

    Instant now() {
        return wall.instant();
    }

    long nanoTime() {
        return elapsedNanos.getAsLong();
    }
}
