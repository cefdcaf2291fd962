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
 * <p>When is for {@link CheckSchedule} to say. A check that is due while one is in flight is left out. Confined to one event loop,
 * except for {@link #start}.
 */
public final class HealthChecker {
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
        CheckSchedule schedule = CheckSchedule.draw(newInterval, workers.random());
        Channels.later(loop, this::tick, schedule.firstNanos());
        ticks = loop.scheduleAtFixedRate(
                this::tick, schedule.secondNanos(), schedule.intervalNanos(), TimeUnit.NANOSECONDS);
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
