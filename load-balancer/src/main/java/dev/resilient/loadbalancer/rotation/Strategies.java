package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A group's algorithm at work: once for all zones together, and once for each zone that uses only its own targets. Did those take
 * turns together, every other request would always find the same targets of its zone next in turn. Thread-safe.
 */
final class Strategies {
    private final RoutingAlgorithm algorithm;
    private final Owner owner;
    private final Strategy together;
    private final Map<String, Strategy> byZone = new ConcurrentHashMap<>();

    Strategies(RoutingAlgorithm algorithm, Owner owner) {
        this.algorithm = algorithm;
        this.owner = owner;
        this.together = Strategy.of(algorithm, owner);
    }

    /**
     * The strategy for a request.
     *
     * @param zone that it has to stay in; null if it may go anywhere
     */
    Strategy in(@Nullable String zone) {
        return zone == null ? together : byZone.computeIfAbsent(zone, key -> Strategy.of(algorithm, owner));
    }
}
