package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.RoutingAlgorithm;

/**
 * A group's being in use.
 *
 * @param owner the load balancer whose listeners forward to the group
 * @param count how many times they do
 * @param strategy how the group's algorithm chooses
 * @param detector compares its targets for as long as the group stays in use
 */
record Use(Owner owner, int count, Strategy strategy, AnomalyDetector detector) {

    static Use first(Owner owner, RoutingAlgorithm algorithm) {
        return new Use(owner, 1, Strategy.of(algorithm, owner), new AnomalyDetector());
    }

    Use withCount(int newCount) {
        return new Use(owner, newCount, strategy, detector);
    }

    Use with(RoutingAlgorithm algorithm) {
        return new Use(owner, count, Strategy.of(algorithm, owner), detector);
    }
}
