package dev.resilient.recommendation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last known parameters, and reads them again and again in the background, so that no request ever waits for the
 * Parameter Store. When it cannot be read, what was known last stays in force. Single use; thread-safe.
 */
final class ParameterWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ParameterWatcher.class);

    private final Callable<ServiceParameters> source;
    private final Duration period;
    private final TimeLimit limit;
    private final Clocks clocks;
    private final CountDownLatch firstRead = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread reader;
    private volatile ServiceParameters current = ServiceParameters.DEFAULTS;
    private volatile @Nullable Long readNanos;
    private boolean failing;

    /**
     * Starts to read {@code source}.
     *
     * @param period the pause between two reads, positive
     * @param limit how long one read may take
     */
    ParameterWatcher(Callable<ServiceParameters> source, Duration period, TimeLimit limit, Clocks clocks) {
        this.source = source;
        this.period = period;
        this.limit = limit;
        this.clocks = clocks;
        this.reader = Thread.ofVirtual().name("parameter-watcher").start(this::watch);
    }

    /** The parameters that are in force: those read last, or the defaults before the first read. */
    ServiceParameters current() {
        return current;
    }

    /** How long ago they were read last; empty if they never were. */
    Optional<Duration> age() {
        return Optional.ofNullable(readNanos).map(then -> Duration.ofNanos(clocks.nanoTime() - then));
    }

    /** Waits for the first successful read, for {@code patience} at most; false if there was none. */
    boolean awaitFirstRead(Duration patience) throws InterruptedException {
        return firstRead.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the reading. */
    @Override
    public void close() {
        stopped.countDown();
        reader.interrupt();
    }

    private void watch() {
        try {
            do {
                read();
            } while (!stopped.await(period.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException closing) {
            log.debug("closed while reading", closing);
        }
    }

    private void read() throws InterruptedException {
        try {
            accept(limit.call(source));
        } catch (Unavailable failure) {
            if (!failing) {
                log.warn("parameters cannot be read, {} stay in force: {}", current, failure.getMessage());
            }
            failing = true;
        }
    }

    private void accept(ServiceParameters parameters) {
        if (failing || !parameters.equals(current)) {
            log.info("parameters read: {}", parameters);
        }
        failing = false;
        current = parameters;
        readNanos = clocks.nanoTime();
        firstRead.countDown();
    }
}
