package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.testing.ManualTime;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A load balancer without sockets, whose time moves when the test says so. */
final class ManualOwner implements Owner {
    static final long SEED = 42;
    final ManualTime time = new ManualTime();
    final List<RoutedTarget> checked = new ArrayList<>();
    private final CookieSeal seal = new CookieSeal();
    private final Random random = new Random(SEED);
    private final List<Due> due = new ArrayList<>();
    private final List<String> zones;

    ManualOwner(String... zones) {
        this.zones = List.of(zones);
    }

    private record Due(long atNanos, Runnable task) {}

    /** Moves the clock and does what has become due, in the order in which it became so. */
    void advance(Duration duration) {
        long end = time.nanoTime() + duration.toNanos();
        while (true) {
            Due next = due.stream()
                    .filter(each -> each.atNanos <= end)
                    .min((a, b) -> Long.compare(a.atNanos, b.atNanos))
                    .orElse(null);
            if (next == null) {
                time.advance(Duration.ofNanos(end - time.nanoTime()));
                return;
            }
            due.remove(next);
            time.advance(Duration.ofNanos(next.atNanos - time.nanoTime()));
            next.task.run();
        }
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public CookieSeal seal() {
        return seal;
    }

    @Override
    public List<String> zones() {
        return zones;
    }

    @Override
    public Duration anomalyInterval() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void check(Rotation rotation, RoutedTarget routed) {
        checked.add(routed);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        due.add(new Due(time.nanoTime() + delay.toNanos(), task));
    }

    @Override
    public void healthChanged(String group, Target target, TargetHealth before, TargetHealth after) {}
}
