package dev.resilient.cli.dashboard;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who looks, and the latest frame for all of them. A viewer takes the latest frame when it is ready for one, so that one that is slow
 * skips some and keeps nobody waiting. Thread-safe.
 */
final class Viewers implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Shown latest = new Shown(0, "");
    private int looking;
    private boolean ended;

    /**
     * A frame as text.
     *
     * @param number the later, the higher
     */
    record Shown(long number, String text) {}

    /** Somebody looks, until this is closed. */
    Looking look() {
        count(1);
        return () -> count(-1);
    }

    /** Replaces the latest frame. */
    void show(String text) {
        lock.lock();
        try {
            latest = new Shown(latest.number + 1, text);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The latest frame as soon as it is later than {@code number}; empty if there is none in time, or never will be. */
    Optional<Shown> next(long number, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (latest.number <= number && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return Optional.of(latest).filter(shown -> shown.number > number && !ended);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until somebody looks. @return whether somebody does; false when nobody ever will again */
    boolean awaitSomebody() throws InterruptedException {
        lock.lock();
        try {
            while (looking == 0 && !ended) {
                changed.await();
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the end has come. */
    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody gets another frame. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void count(int more) {
        lock.lock();
        try {
            looking += more;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A look that lasts. */
    interface Looking extends AutoCloseable {
        @Override
        void close();
    }
}
