package dev.resilient.time;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Time as an argument: wall-clock stamps, elapsed time and waiting, behind one interface.
 *
 * <p>Whatever needs to know the time is given one of these, so that a test can hand in a clock it moves itself. The build
 * refuses raw clock calls and sleeps everywhere but in {@link SystemTime}.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface TimeSource extends InstantSource {

    /**
     * Elapsed time in nanoseconds from an arbitrary origin, never running backwards. Only differences mean anything.
     */
    long nanoTime();

    /**
     * Blocks the calling thread for {@code duration}; zero and negative durations return at once.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void sleep(Duration duration) throws InterruptedException;
}
