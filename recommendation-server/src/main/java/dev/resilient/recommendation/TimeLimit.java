package dev.resilient.recommendation;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The time that a call to a dependency may take, whatever the dependency does: fetching credentials, retries and answers that
 * trickle in are all inside. The SDK's own API call time-out does not cover credentials.
 *
 * <p>A call that takes longer is interrupted, which closes its socket, since it runs on a virtual thread.
 *
 * @param duration positive
 */
record TimeLimit(Duration duration) {

    /** Like {@link #call(Callable, Runnable)}, with nothing to do at the end. */
    <T> T call(Callable<T> task) throws InterruptedException {
        return call(task, () -> {});
    }

    /**
     * The result of {@code task}.
     *
     * @param atEnd runs when the task has really ended, which may be after this method gave up on it
     * @throws Unavailable if the task fails, or takes longer
     */
    <T> T call(Callable<T> task, Runnable atEnd) throws InterruptedException {
        FutureTask<T> running = new FutureTask<>(task);
        Thread.ofVirtual().name("dependency-call").start(() -> {
            try {
                running.run();
            } finally {
                atEnd.run();
            }
        });
        try {
            return await(running);
        } finally {
            running.cancel(true);
        }
    }

    /**
     * The result of a task that runs elsewhere.
     *
     * @throws Unavailable if the task fails, was cancelled, or takes longer from now on
     */
    <T> T await(FutureTask<T> running) throws InterruptedException {
        try {
            return running.get(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new Unavailable(cause.toString(), cause);
        } catch (CancellationException givenUp) {
            throw new Unavailable("somebody else gave up on it", givenUp);
        } catch (TimeoutException late) {
            throw new Unavailable("no answer within " + duration.toMillis() + " ms", late);
        }
    }
}
