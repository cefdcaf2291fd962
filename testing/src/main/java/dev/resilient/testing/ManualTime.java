package dev.resilient.testing;

import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A clock that moves only when the test says so. Sleepers wake when enough time has been added. Thread-safe. */
public final class ManualTime implements TimeSource {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Instant start;
    private Duration elapsed = Duration.ZERO;

    /** A clock that stands at {@code start}. */
    public ManualTime(Instant start) {
        this.start = start;
    }

    /** A clock that stands at noon of 1 January 2026, UTC. */
    public ManualTime() {
        this(Instant.parse("2026-01-01T12:00:00Z"));
    }

    /** Moves the clock forward and wakes the sleepers whose time has come. */
    public void advance(Duration duration) {
        lock.lock();
        try {
            elapsed = elapsed.plus(duration);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant instant() {
        return start.plus(elapsed());
    }

    @Override
    public long nanoTime() {
        return elapsed().toNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Duration end = elapsed.plus(duration);
            while (elapsed.compareTo(end) < 0) {
                moved.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration elapsed() {
        lock.lock();
        try {
            return elapsed;
        } finally {
            lock.unlock();
        }
    }
}
