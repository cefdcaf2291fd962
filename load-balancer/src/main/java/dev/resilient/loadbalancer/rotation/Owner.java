package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** The load balancer whose listeners forward to a target group, as the group sees it. Thread-safe; no method blocks. */
public interface Owner {

    /** Where time stamps come from. */
    TimeSource time();

    /** Where chance comes from; thread-safe. */
    RandomGenerator random();

    /** What encrypts cookies. */
    CookieSeal seal();

    /** The zones that targets may be in; empty for all. */
    List<String> zones();

    /** How often targets are compared with their peers. */
    Duration anomalyInterval();

    /** Begins to check a target, in place of whoever checked it before. */
    void check(Rotation rotation, RoutedTarget routed);

    /** Runs a task after a delay, unless the load balancer is closed before. */
    void after(Duration delay, Runnable task);

    /** The health of a target has changed. */
    void healthChanged(String group, Target target, TargetHealth before, TargetHealth after);
}
