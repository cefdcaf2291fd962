package dev.resilient.loadbalancer.health;

import dev.resilient.loadbalancer.io.Channels;
import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.rotation.Rotation;
import dev.resilient.loadbalancer.rotation.RoutedTarget;
import dev.resilient.loadbalancer.target.HealthCheck;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks one target once per interval, for as long as it is in the rotation and nobody else was made its checker.
 *
 * <p>The first check comes at once (within a tenth of the interval), the following ones at a random phase of the interval, so that
 * targets that were registered together are not checked together. A check that is due while one is in flight is left out. Confined
 * to one event loop, except for {@link #start}.
 */
public final class HealthChecker {
    private static final int FIRST_CHECK_WITHIN = 10;
    private final Rotation rotation;
    private final RoutedTarget routed;
    private final Workers workers;
    private final EventLoop loop;
    private @Nullable Future<?> ticks;
    private @Nullable Duration interval;
    private boolean checking;

    public HealthChecker(Rotation rotation, RoutedTarget routed, Workers workers) {
        this.rotation = rotation;
        this.routed = routed;
        this.workers = workers;
        this.loop = workers.next();
    }

    /** Becomes the checker of the target, in place of any earlier one. */
    public void start() {
        routed.checkBy(this);
        workers.execute(loop, () -> settings().ifPresent(settings -> begin(settings.interval())));
    }

    private void begin(Duration newInterval) {
        interval = newInterval;
        long nanos = newInterval.toNanos();
        long first = workers.random().nextLong(nanos / FIRST_CHECK_WITHIN + 1);
        long phase = workers.random().nextLong(nanos);
        Channels.later(loop, this::tick, first);
        ticks = loop.scheduleAtFixedRate(this::tick, first + phase, nanos, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        Optional<HealthCheck> settings = settings();
        if (settings.isEmpty()) {
            stop();
        } else if (!settings.get().interval().equals(interval)) {
            stop();
            begin(settings.get().interval());
        } else if (!checking) {
            check(settings.get());
        }
    }

    private void check(HealthCheck settings) {
        checking = true;
        rotation.checkStarted(routed);
        HealthProbe.send(workers, loop, routed.target(), settings, result -> {
            checking = false;
            if (settings().isPresent()) {
                rotation.checked(routed, result);
            }
        });
    }

    private void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    private Optional<HealthCheck> settings() {
        return routed.isCheckedBy(this) ? rotation.checkOf(routed) : Optional.empty();
    }
}
