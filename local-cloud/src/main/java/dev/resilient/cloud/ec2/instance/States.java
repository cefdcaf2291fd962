package dev.resilient.cloud.ec2.instance;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The states of an instance: EC2's codes, and the edges between them. */
final class States {
    private static final Map<InstanceStateName, Integer> CODES = Map.of(
            InstanceStateName.PENDING, 0,
            InstanceStateName.RUNNING, 16,
            InstanceStateName.SHUTTING_DOWN, 32,
            InstanceStateName.TERMINATED, 48,
            InstanceStateName.STOPPING, 64,
            InstanceStateName.STOPPED, 80);
    private static final Map<InstanceStateName, Set<InstanceStateName>> SUCCESSORS = Map.of(
            InstanceStateName.PENDING, Set.of(InstanceStateName.RUNNING, InstanceStateName.SHUTTING_DOWN),
            InstanceStateName.RUNNING, Set.of(InstanceStateName.STOPPING, InstanceStateName.SHUTTING_DOWN),
            InstanceStateName.STOPPING, Set.of(InstanceStateName.STOPPED, InstanceStateName.SHUTTING_DOWN),
            InstanceStateName.STOPPED, Set.of(InstanceStateName.PENDING, InstanceStateName.SHUTTING_DOWN),
            InstanceStateName.SHUTTING_DOWN, Set.of(InstanceStateName.TERMINATED),
            InstanceStateName.TERMINATED, Set.of());

    private States() {}

    /** Whether an instance may go from one state straight to the other. */
    static boolean isEdge(InstanceStateName from, InstanceStateName to) {
        return SUCCESSORS.getOrDefault(from, Set.of()).contains(to);
    }

    /** Whether an instance in this state has ended or is ending for good. */
    static boolean isEnding(InstanceStateName state) {
        return state == InstanceStateName.SHUTTING_DOWN || state == InstanceStateName.TERMINATED;
    }

    /** A state with its code. */
    static InstanceState of(InstanceStateName name) {
        return InstanceState.builder().code(CODES.get(name)).name(name).build();
    }
}
