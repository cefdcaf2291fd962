package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import java.time.Duration;
import java.util.List;

/** A routing algorithm at work. Thread-safe; does not block. */
interface Strategy {

    /** One of {@code members}, which are at least one. */
    Member choose(List<Member> members);

    /** The strategy for an algorithm, with the owner's time and chance. */
    static Strategy of(RoutingAlgorithm algorithm, Owner owner) {
        return switch (algorithm) {
            case RoutingAlgorithm.RoundRobin(Duration slowStart) when slowStart.isZero() -> new RoundRobin();
            case RoutingAlgorithm.RoundRobin(Duration slowStart) ->
                new Thinned(new RoundRobin(), member -> member.warmth(slowStart, owner.time()), owner.random());
            case RoutingAlgorithm.LeastOutstandingRequests() -> new LeastOutstandingRequests();
            case RoutingAlgorithm.WeightedRandom(boolean mitigation) ->
                new Thinned(
                        new UniformRandom(owner.random()),
                        member -> member.weight().share(),
                        owner.random());
        };
    }
}
