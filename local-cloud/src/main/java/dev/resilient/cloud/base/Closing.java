package dev.resilient.cloud.base;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, so that it is stopped: in reverse order, past failures, each failure kept. Closing again does nothing. */
public final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /** Remembers what was started last. */
    public synchronized <T extends AutoCloseable> T with(T resource) {
        started.push(resource);
        return resource;
    }

    /** Stops what was started before {@code failure}, which is what the caller is to hear of. */
    public void afterFailure(RuntimeException failure) {
        try {
            close();
        } catch (RuntimeException stopFailure) {
            failure.addSuppressed(stopFailure);
        }
    }

    @Override
    public synchronized void close() {
        IllegalStateException failures = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failure) {
                failures =
                        failures == null ? new IllegalStateException("not everything stopped in good order") : failures;
                failures.addSuppressed(failure);
            }
        }
        if (failures != null) {
            throw failures;
        }
    }
}
