package dev.resilient.cloud.elb;

import java.util.List;
import java.util.Optional;

/** What load balancing needs to know of EC2's instances. Implementations are thread-safe and do not block. */
@FunctionalInterface
public interface Instances {

    /** The instance with this id; empty if EC2 does not know it (any more). */
    Optional<Instance> find(String instanceId);

    /**
     * An instance.
     *
     * @param address the IP address literal that its server listens on
     * @param securityGroups the ids of its security groups, at least one
     */
    record Instance(String address, String zone, String vpcId, State state, List<String> securityGroups) {}

    /** EC2's instance states, as far as they make a difference to a target. */
    enum State {
        /** May be registered and gets requests. */
        RUNNING,
        /** Stopping or stopped. */
        STOPPED,
        /** Shutting down or terminated. */
        TERMINATED,
        /** On its way up. */
        PENDING
    }
}
