package dev.resilient.cloud.autoscaling;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan is made from, beside the group itself.
 *
 * @param instances the states of the group's instances; absent if EC2 does not know one
 * @param drained the deregistered instances to which no request can be in flight any more
 * @param provenSince instances in service since before this have proven themselves
 */
record Facts(Instant now, Map<String, Fleet.State> instances, Set<String> drained, Instant provenSince) {

    Facts {
        instances = Map.copyOf(instances);
        drained = Set.copyOf(drained);
    }

    boolean isRunning(Member member) {
        return instances.get(member.instanceId()) == Fleet.State.RUNNING;
    }

    /** Whether it is up or on its way up. */
    boolean isAlive(Member member) {
        Fleet.State state = instances.get(member.instanceId());
        return state == Fleet.State.RUNNING || (state == Fleet.State.PENDING && member.inService() == null);
    }

    /** Whether it has served for so long that its end says nothing about how the next one will fare. */
    boolean hasProvenItself(Member member) {
        Instant inService = member.inService();
        return inService != null && inService.isBefore(provenSince);
    }

    boolean isTerminated(Member member) {
        return Optional.ofNullable(instances.get(member.instanceId()))
                .map(state -> state == Fleet.State.TERMINATED)
                .orElse(true);
    }
}
