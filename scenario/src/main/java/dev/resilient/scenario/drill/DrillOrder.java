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
 * @param purpose what they are played for
 * @param seed of what is left to chance
 * @param place where they are played
 */
public record DrillOrder(
        List<String> names,
        Configuration configuration,
        double requestsPerSecond,
        Duration atLeast,
        Purpose purpose,
        long seed,
        Place place) {

    /** Copies the list. */
    public DrillOrder {
        names = List.copyOf(names);
    }

    /** What drills are played for. */
    public enum Purpose {
        /** To see whether what is claimed of the service holds. */
        JUDGE,
        /** To measure what users experience: faults last just so long, and nothing is expected meanwhile. */
        MEASURE,
        /** To see who replaces instances, and whether for something: drills of their own. */
        REPLACEMENT
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
        return new DrillOrder(names, other, requestsPerSecond, atLeast, purpose, seed, place);
    }
}
