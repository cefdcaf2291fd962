package dev.resilient.scenario.drill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which drills to play, and how.
 *
 * @param names of the drills; all if there are none
 * @param configuration how the service is to be set up
 * @param requestsPerSecond how many users come, more than 0
 * @param atLeast how long each fault lasts, even if everything is observed before
 * @param measureOnly whether faults last just so long, and nothing is expected meanwhile
 * @param seed of what is left to chance
 * @param place where they are played
 */
public record DrillOrder(
        List<String> names,
        Configuration configuration,
        double requestsPerSecond,
        Duration atLeast,
        boolean measureOnly,
        long seed,
        Place place) {

    /** Copies the list. */
    public DrillOrder {
        names = List.copyOf(names);
    }

    /**
     * Where drills are played.
     *
     * @param name {@code local} or {@code aws}
     * @param realismSeed of a local cloud's bad day, if it has one
     * @param cloudFaults whether services can be made to misbehave
     */
    public record Place(String name, Optional<Long> realismSeed, boolean cloudFaults) {}

    /** The same under another configuration. */
    public DrillOrder under(Configuration other) {
        return new DrillOrder(names, other, requestsPerSecond, atLeast, measureOnly, seed, place);
    }
}
