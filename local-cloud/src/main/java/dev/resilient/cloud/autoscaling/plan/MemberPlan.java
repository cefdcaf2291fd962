package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.LifecycleAction;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Transition;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
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
            case Phase.Standby standby -> standsBy();
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

    /** Nobody checks its health, but one that is gone cannot come back. */
    private List<Step> standsBy() {
        if (facts.isGone(member)) {
            return List.of(select(Causes.unhealthy(facts.now(), Unhealthy.EC2)));
        }
        return group.isDeleting()
                ? List.of(select(Causes.departed(facts.now(), member.instanceId(), Phase.Exit.TERMINATION)))
                : List.of();
    }

    private Step afterDraining(Phase.Draining draining) {
        return switch (draining.exit()) {
            case TERMINATION -> hooked(Transition.TERMINATING, draining.activity());
            case DETACHMENT -> forget();
            case STANDBY -> enter(new Phase.Standby());
        };
    }

    /** What comes after a transition, or to wait for it. */
    private Step hooked(Transition transition, String activity) {
        return waitsForNothing(transition) || group.hooks(transition).isEmpty()
                ? proceed(transition, activity)
                : new Step.Await(member.instanceId(), transition);
    }

    private Step proceed(Transition transition, String activity) {
        return switch (transition) {
            case LAUNCHING -> enter(new Phase.InService(facts.now()));
            case TERMINATING -> enter(new Phase.ShuttingDown(activity));
        };
    }

    /** Deleting a group deletes what its instances wait for; and there is nothing to do for one on its way out that is gone. */
    private boolean waitsForNothing(Transition transition) {
        return group.isDeleting() || (transition == Transition.TERMINATING && facts.isGone(member));
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
        return waiting.actions().isEmpty() || waitsForNothing(waiting.transition())
                ? List.of(proceed(waiting.transition(), waiting.activity()))
                : List.of();
    }

    /** A deleted group waits for no request, and an instance that does not run answers none. */
    private boolean hasDrained() {
        return group.isDeleting() || facts.drained().contains(member.instanceId()) || !facts.isRunning(member);
    }
}
