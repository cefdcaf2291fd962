package dev.resilient.scenario;

import dev.resilient.scenario.guard.Guarding;
import dev.resilient.scenario.guard.Heartbeat;
import dev.resilient.scenario.observe.InstanceSeen;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.resource.ServiceParameter;
import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a deployment that work together, as they are now.
 *
 * @param endpoint where the service is, if there is a load balancer
 * @param instances the instances of the Auto Scaling group
 * @param targets the load balancer's targets with their health
 * @param heartbeats what each instance or target last wrote of itself
 * @param table the state of the table with the recommendations, as in {@code ACTIVE}, if there is one
 * @param parameters the values of those parameters that are there
 * @param guarding who replaces instances
 */
public record Architecture(
        Optional<URI> endpoint,
        List<InstanceSeen> instances,
        List<TargetSeen> targets,
        List<Heartbeat> heartbeats,
        Optional<String> table,
        Map<ServiceParameter, String> parameters,
        Guarding guarding) {

    /** Copies the collections. */
    public Architecture {
        instances = List.copyOf(instances);
        targets = List.copyOf(targets);
        heartbeats = List.copyOf(heartbeats);
        Map<ServiceParameter, String> copy = new EnumMap<>(ServiceParameter.class);
        copy.putAll(parameters);
        parameters = Collections.unmodifiableMap(copy);
    }

    /** The same with other targets. */
    public Architecture with(List<TargetSeen> others) {
        return new Architecture(endpoint, instances, others, heartbeats, table, parameters, guarding);
    }

    /** Whether there is any part of it. */
    public boolean isDeployed() {
        return endpoint.isPresent() || !instances.isEmpty() || table.isPresent() || !parameters.isEmpty();
    }
}
