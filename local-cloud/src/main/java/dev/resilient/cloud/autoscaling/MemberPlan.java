package dev.resilient.cloud.autoscaling;

import java.util.List;
import java.util.Optional;

/** What an instance needs by itself, whatever its group's capacity. Pure. */
final class MemberPlan {
    private final Group group;
    private final Facts facts;
    private final Member member;
    private final String id;

    private MemberPlan(Group group, Facts facts, Member member) {
        this.group = group;
        this.facts = facts;
        this.member = member;
        this.id = member.instanceId();
    }

    /** The steps that can be taken now; none if it serves, stands by, or something has to happen first. */
    static List<Step> of(Group group, Facts facts, Member member) {
        return new MemberPlan(group, facts, member).steps();
    }

    private List<Step> steps() {
        return switch (member.phase()) {
            case Phase.Pending pending ->
                facts.isRunning(member) ? List.of(hooked(Transition.LAUNCHING, new Step.EnterService(id))) : List.of();
            case Phase.Waiting waiting -> wait(waiting);
            case Phase.InService inService -> List.of();
            case Phase.Selected selected -> List.of(new Step.Deregister(id));
            case Phase.Draining draining -> hasDrained() ? List.of(afterDraining(draining.exit())) : List.of();
            case Phase.ShuttingDown shuttingDown ->
                facts.isTerminated(member) ? List.of(new Step.Forget(id)) : List.of();
            case Phase.Standby standby -> group.isDeleting() ? List.of(new Step.Select(id, deleted())) : List.of();
        };
    }

    private String deleted() {
        return Causes.departed(facts.now(), id, Phase.Exit.TERMINATION);
    }

    private Step afterDraining(Phase.Exit exit) {
        return switch (exit) {
            case TERMINATION -> hooked(Transition.TERMINATING, new Step.ShutDown(id));
            case DETACHMENT -> new Step.Forget(id);
            case STANDBY -> new Step.StandBy(id);
        };
    }

    /** What comes next, or to wait for it. Deleting a group deletes what its instances wait for. */
    private Step hooked(Transition transition, Step next) {
        return group.isDeleting() || group.hooks(transition).isEmpty() ? next : new Step.Await(id, transition);
    }

    private List<Step> wait(Phase.Waiting waiting) {
        if (waiting.abandoned() != null) {
            return List.of(new Step.Select(id, Causes.launchFailure(facts.now())), new Step.BackOff());
        }
        Optional<LifecycleAction> expired = waiting.expired(facts.now());
        if (expired.isPresent()) {
            return List.of(new Step.Expire(id, expired.get()));
        }
        if (!waiting.actions().isEmpty() && !group.isDeleting()) {
            return List.of();
        }
        return List.of(
                switch (waiting.transition()) {
                    case LAUNCHING -> new Step.EnterService(id);
                    case TERMINATING -> new Step.ShutDown(id);
                });
    }

    /** A deleted group waits for no request, and an instance that does not run answers none. */
    private boolean hasDrained() {
        return group.isDeleting() || facts.drained().contains(id) || !facts.isRunning(member);
    }
}
