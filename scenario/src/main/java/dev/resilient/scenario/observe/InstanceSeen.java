package dev.resilient.scenario.observe;

import java.util.Optional;

/**
 * An instance as Auto Scaling and EC2 describe it.
 *
 * @param instanceId its id
 * @param zone its Availability Zone
 * @param lifecycle what Auto Scaling does with it, as in {@code InService}
 * @param state what EC2 says of it, as in {@code running}; empty while EC2 does not know it
 * @param profile the name of its instance profile, if it has one
 */
public record InstanceSeen(
        String instanceId, String zone, String lifecycle, Optional<String> state, Optional<String> profile) {}
