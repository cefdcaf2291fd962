package dev.resilient.cloud.autoscaling.reconcile;

import java.util.concurrent.Semaphore;

/** Wakes the reconciler. Many nudges before it wakes are one. Thread-safe. */
public final class Nudge {
    private final Semaphore given = new Semaphore(0);

    /** Returns at once. */
    public void give() {
        given.release();
    }

    /** Waits for a nudge that was given since the last one returned. */
    public void await() throws InterruptedException {
        given.acquire();
        given.drainPermits();
    }
}
