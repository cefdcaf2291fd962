package dev.resilient.loadbalancer.io;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Notices that nothing has happened for a while. Being touched costs a reading of the clock and no re-scheduling. Confined to its
 * event loop.
 */
public final class IdleTimer {
    private final EventLoop loop;
    private final long timeoutNanos;
    private final Runnable onIdle;
    private long touchedNanos;
    private Future<?> scheduled;

    /** Begins to run; {@code onIdle} is called each time that the timeout has passed without a touch. */
    public IdleTimer(EventLoop loop, Duration timeout, Runnable onIdle) {
        this.loop = loop;
        this.timeoutNanos = timeout.toNanos();
        this.onIdle = onIdle;
        this.touchedNanos = loop.ticker().nanoTime();
        this.scheduled = loop.schedule(this::look, timeoutNanos, TimeUnit.NANOSECONDS);
    }

    public void touch() {
        touchedNanos = loop.ticker().nanoTime();
    }

    public void stop() {
        scheduled.cancel(false);
    }

    private void look() {
        long remaining = timeoutNanos - (loop.ticker().nanoTime() - touchedNanos);
        boolean idle = remaining <= 0;
        scheduled = loop.schedule(this::look, idle ? timeoutNanos : remaining, TimeUnit.NANOSECONDS);
        if (idle) {
            onIdle.run();
        }
    }
}
