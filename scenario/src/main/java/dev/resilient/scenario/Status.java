package dev.resilient.scenario;

import dev.resilient.scenario.guard.Guarding;
import dev.resilient.scenario.guard.Heartbeat;
import dev.resilient.scenario.observe.TargetSeen;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What there is of a deployment now, and what happened last.
 *
 * @param endpoint where the service is, if there is a load balancer
 * @param existing every resource that exists, in a few words, in the order in which they are made
 * @param targets the load balancer's targets with their health
 * @param heartbeats what each target last wrote of itself
 * @param activities what the Auto Scaling group did last, the latest first, each in a few words
 * @param guarding who replaces instances
 */
public record Status(
        Optional<URI> endpoint,
        List<String> existing,
        List<TargetSeen> targets,
        List<Heartbeat> heartbeats,
        List<String> activities,
        Guarding guarding) {

    /** Copies the lists. */
    public Status {
        existing = List.copyOf(existing);
        targets = List.copyOf(targets);
        heartbeats = List.copyOf(heartbeats);
        activities = List.copyOf(activities);
    }

    /** Whether there is anything at all. */
    public boolean isDeployed() {
        return !existing.isEmpty();
    }
}
