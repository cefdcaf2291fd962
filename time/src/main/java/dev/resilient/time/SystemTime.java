package dev.resilient.time;

import java.time.Duration;
import java.time.Instant;

/** The machine's own clocks: the only class that may read them, held by the architecture test. */
public enum SystemTime implements TimeSource {
    /** There is one machine. */
    INSTANCE;

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
