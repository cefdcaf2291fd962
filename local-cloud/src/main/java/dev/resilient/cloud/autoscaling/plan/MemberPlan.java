package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.LifecycleAction;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Transition;
import java.util.List;
import java.util.Optional;

/** What an instance needs by itself, whatever its group's capacity. Pure. */
record MemberPlan(Group group, Facts facts, Member member) {

    /** The steps that can be taken now; none if it serves, stands by, or something has to happen first. */
    List<Step> steps() {
        return switch (member.phase()) {
            case Phase.Pending(String activity)
            when facts.isRunning(member) -> List.of(hooked(Transition.LAUNCHING, activity));
            case Phase.Pending pending -> List.of();
            case Phase.Waiting waiting -> wait(waiting);
            case Phase.InService inService -> List.of();
            case Phase.Selected(String activity, Phase.Exit exit) -> List.of(enter(new Phase.Draining(activity, exit)));
            case Phase.Draining draining -> hasDrained() ? List.of(afterDraining(draining)) : List.of();
            case Phase.ShuttingDown shuttingDown -> facts.isTerminated(member) ? List.of(forget()) : List.of();
            case Phase.Standby standby -> group.isDeleting() ? List.of(select(deleted())) : List.of();
        };
    }

    private Step enter(Phase next) {
        return new Step.Enter(member.instanceId(), next);
    }

    private Step forget() {
        return new Step.Forget(member.instanceId());
    }

    private Step select(String cause) {
        return new Step.Select(member.instanceId(), cause);
    }

    private String deleted() {
        return Causes.departed(facts.now(), member.instanceId(), Phase.Exit.TERMINATION);
    }

    private Step afterDraining(Phase.Draining draining) {
        return switch (draining.exit()) {
            case TERMINATION -> hooked(Transition.TERMINATING, draining.activity());
            case DETACHMENT -> forget();
            case STANDBY -> enter(new Phase.Standby());
        };
    }

    /** What comes after a transition, or to wait for it. Deleting a group deletes what its instances wait for. */
    private Step hooked(Transition transition, String activity) {
        return group.isDeleting() || group.hooks(transition).isEmpty()
                ? proceed(transition, activity)
                : new Step.Await(member.instanceId(), transition);
    }

    private Step proceed(Transition transition, String activity) {
        return switch (transition) {
            case LAUNCHING -> enter(new Phase.InService(facts.now()));
            case TERMINATING -> enter(new Phase.ShuttingDown(activity));
        };
    }

    private List<Step> wait(Phase.Waiting waiting) {
        if (waiting.abandoned() != null) {
            return List.of(select(Causes.launchFailure(facts.now())), new Step.BackOff());
        }
        Optional<LifecycleAction> expired = waiting.expired(facts.now());
        if (expired.isPresent()) {
            LifecycleAction action = expired.get();
            return List.of(enter(waiting.completed(action, action.continues(), "Heartbeat Timeout")));
        }
        return waiting.actions().isEmpty() || group.isDeleting()
                ? List.of(proceed(waiting.transition(), waiting.activity()))
                : List.of();
    }

    /** A deleted group waits for no request, and an instance that does not run answers none. */
    private boolean hasDrained() {
        return group.isDeleting() || facts.drained().contains(member.instanceId()) || !facts.isRunning(member);
    }
}
