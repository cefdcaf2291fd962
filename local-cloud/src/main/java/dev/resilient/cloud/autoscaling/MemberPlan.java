package dev.resilient.cloud.autoscaling;

import java.util.Optional;

/** What an instance needs by itself, whatever its group's capacity. */
final class MemberPlan {
    private MemberPlan() {}

    /** The step that can be taken now; empty if it serves, stands by, or something has to happen first. */
    static Optional<Step> of(Group group, Facts facts, Member member) {
        String id = member.instanceId();
        return switch (member.phase()) {
            case Phase.Pending pending -> when(facts.isRunning(member), new Step.EnterService(id));
            case Phase.InService inService -> Optional.empty();
            case Phase.Selected selected -> Optional.of(new Step.Deregister(id));
            case Phase.Draining draining ->
                when(
                        hasDrained(group, facts, member),
                        switch (draining.exit()) {
                            case TERMINATION -> new Step.ShutDown(id);
                            case DETACHMENT -> new Step.Forget(id);
                            case STANDBY -> new Step.StandBy(id);
                        });
            case Phase.ShuttingDown shuttingDown -> when(facts.isTerminated(member), new Step.Forget(id));
            case Phase.Standby standby -> Optional.empty();
        };
    }

    private static Optional<Step> when(boolean possible, Step step) {
        return possible ? Optional.of(step) : Optional.empty();
    }

    /** A deleted group waits for no request, and an instance that does not run answers none. */
    private static boolean hasDrained(Group group, Facts facts, Member member) {
        return group.progress().deleting() || facts.drained().contains(member.instanceId()) || !facts.isRunning(member);
    }
}
