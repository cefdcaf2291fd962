package dev.resilient.scenario.observe;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All targets at one moment.
 *
 * @param atNanos when they were asked for, by the time source's {@code nanoTime}
 * @param targets in the order of their ids
 */
public record TargetSnapshot(long atNanos, List<TargetSeen> targets) {

    /** Copies the list. */
    public TargetSnapshot {
        targets = List.copyOf(targets);
    }

    /** How many targets are healthy. */
    public long healthy() {
        return targets.stream().filter(TargetSeen::isHealthy).count();
    }

    /** Whether there are exactly {@code count} targets and all of them are healthy. */
    public boolean areExactlyHealthy(int count) {
        return targets.size() == count && healthy() == count;
    }

    /** In a few words. */
    public String summary() {
        return targets.isEmpty()
                ? "no targets"
                : targets.stream().map(TargetSeen::summary).collect(Collectors.joining(", "));
    }
}
