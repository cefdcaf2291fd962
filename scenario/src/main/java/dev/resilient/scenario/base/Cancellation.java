package dev.resilient.scenario.base;

import java.util.concurrent.atomic.AtomicBoolean;

/** The user's wish to stop, for example by Ctrl-C. Waits look at it several times a second. Thread-safe, and final once made. */
public final class Cancellation {
    private final AtomicBoolean wished = new AtomicBoolean();

    /** Asks whatever is going on to stop soon. */
    public void cancel() {
        wished.set(true);
    }

    /** Whether somebody asked to stop. */
    public boolean isCancelled() {
        return wished.get();
    }

    /**
     * Goes on only if nobody asked to stop.
     *
     * @throws CancelledException if somebody did
     */
    public void check() {
        if (isCancelled()) {
            throw new CancelledException();
        }
    }
}
