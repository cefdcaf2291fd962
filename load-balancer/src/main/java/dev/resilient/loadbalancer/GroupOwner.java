package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.health.HealthChecker;
import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.rotation.CookieSeal;
import dev.resilient.loadbalancer.rotation.Owner;
import dev.resilient.loadbalancer.rotation.Rotation;
import dev.resilient.loadbalancer.rotation.RoutedTarget;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What target groups get from the load balancer that uses them: two of these are equal if it is the same one. */
record GroupOwner(Workers workers, CookieSeal seal, Nodes nodes, Duration anomalyInterval) implements Owner {
    @Override
    public List<String> zones() {
        return nodes.zones();
    }

    @Override
    public TimeSource time() {
        return workers.time();
    }

    @Override
    public RandomGenerator random() {
        return workers.random();
    }

    @Override
    public void check(Rotation rotation, RoutedTarget routed) {
        new HealthChecker(rotation, routed, workers).start();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        workers.after(delay, task);
    }

    @Override
    public void healthChanged(String group, Target target, TargetHealth before, TargetHealth after) {
        workers.publish(new BalancerEvent.TargetHealthChanged(group, target, before, after));
    }
}
