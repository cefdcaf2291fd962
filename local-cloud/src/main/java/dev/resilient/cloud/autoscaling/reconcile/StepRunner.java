package dev.resilient.cloud.autoscaling.reconcile;

import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.LifecycleAction;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Refresh;
import dev.resilient.cloud.autoscaling.group.ScalingProcess;
import dev.resilient.cloud.autoscaling.group.Transition;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import dev.resilient.cloud.autoscaling.plan.Causes;
import dev.resilient.cloud.autoscaling.plan.Step;
import dev.resilient.cloud.autoscaling.plan.TargetTracking;
import dev.resilient.cloud.base.CloudContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.autoscaling.model.Activity;

/**
 * Takes the steps of a plan, all but launches. Each step changes the group first where that claims the work, then calls out;
 * none brings back a group or an instance that is gone. Thread-safe.
 */
record StepRunner(CloudContext cloud, GroupStore groups, Activities activities, Fleet fleet, Attachments attachments) {

    /** Takes one step; true if it changed the group, so that there may be more to do at once. */
    boolean run(Group group, Step step) {
        return switch (step) {
            case Step.Launch launch -> throw new IllegalArgumentException(launch + " belongs to the launcher");
            case Step.OfMember of ->
                group.member(of.instanceId())
                        .map(member -> run(group, member, of))
                        .orElse(false);
            case Step.BackOff() -> backOff(group);
            case Step.AdvanceAttachment(String targetGroupArn) -> attachments.advance(group, targetGroupArn);
            case Step.AdvanceRefresh(Refresh next) -> advance(group, next);
            case Step.Track track -> track(group, track);
            case Step.RemoveGroup() -> {
                groups.remove(group);
                yield false;
            }
        };
    }

    private boolean run(Group group, Member member, Step.OfMember step) {
        return switch (step) {
            case Step.Await await -> await(group, member, await.transition());
            case Step.Enter enter -> enter(group, member, enter.next());
            case Step.MarkUnhealthy(String id, Unhealthy found) ->
                changes(group, now -> now.withMember(id, still -> still.withUnhealthy(found)));
            case Step.Select select -> select(group, member, select.cause());
            case Step.Forget forget -> changes(group, now -> now.withoutMember(member.instanceId())) && end(member);
        };
    }

    /** Changes a group; false if it is gone. */
    private boolean changes(Group group, UnaryOperator<Group> change) {
        return groups.update(group, change).isPresent();
    }

    /** Moves an instance on; false if it is not where it was seen any more. */
    private boolean move(Group group, Member seen, Phase next) {
        String id = seen.instanceId();
        UnaryOperator<Member> move = now -> now.phase().equals(seen.phase()) ? now.in(next) : now;
        return groups.update(group, now -> now.withMember(id, move))
                .flatMap(now -> now.member(id))
                .filter(now -> now.phase().equals(next))
                .isPresent();
    }

    private boolean enter(Group group, Member member, Phase next) {
        String id = member.instanceId();
        if (next instanceof Phase.InService && group.runs(ScalingProcess.ADD_TO_LOAD_BALANCER)) {
            attachments.register(group, id);
        } else if (next instanceof Phase.Draining(String activity, Phase.Exit exit)) {
            if (attachments.deregister(group, id)) {
                activities.draining(activity);
            }
        } else if (next instanceof Phase.ShuttingDown(String activity)) {
            fleet.terminate(id);
            activities.drained(activity);
        }
        boolean moved = move(group, member, next);
        return moved && (next.underWay().isPresent() || end(member));
    }

    private boolean select(Group group, Member member, String cause) {
        Activity activity = activities.departure(group, member, Phase.Exit.TERMINATION, cause);
        boolean mine = move(group, member, new Phase.Selected(activity.activityId(), Phase.Exit.TERMINATION));
        if (mine) {
            activities.beginDeparture(activity, member);
        }
        return mine;
    }

    private boolean await(Group group, Member member, Transition transition) {
        String activity = member.phase().underWay().orElseThrow();
        Instant now = cloud.time().instant();
        List<LifecycleAction> actions = group.hooks(transition).stream()
                .map(hook -> LifecycleAction.begun(hook, cloud.ids().uuid(), now, cloud.pace()))
                .toList();
        boolean waits = move(group, member, new Phase.Waiting(activity, transition, actions, null));
        if (waits) {
            activities.waiting(activity);
        }
        return waits;
    }

    /** Ends the activity that brought an instance to where it is now. */
    private boolean end(Member member) {
        member.phase().underWay().ifPresent(activities::successful);
        return true;
    }

    private boolean backOff(Group group) {
        Instant failed = cloud.time().instant();
        return changes(group, now -> now.withBackoff(now.backoff().afterFailure(failed, cloud.pace(), Set.of())));
    }

    /** Unless somebody else has changed the refresh meanwhile. */
    private boolean advance(Group group, Refresh next) {
        return groups.update(group, now -> now.refresh().equals(group.refresh()) ? now.withRefresh(next) : now)
                .filter(now -> now.refreshes().contains(next))
                .isPresent();
    }

    /** Unless somebody else has changed the policies or the group meanwhile. */
    private boolean track(Group group, Step.Track track) {
        groups.update(group, now -> {
            if (!now.policies().equals(group.policies()) || !now.shape().equals(group.shape())) {
                return now;
            }
            Group seen = now.withPolicies(track.seen());
            return track.change().map(change -> resized(seen, change)).orElse(seen);
        });
        return track.change().isPresent();
    }

    private Group resized(Group group, TargetTracking.Change change) {
        String why = Causes.alarm(cloud.time().instant(), change, group.desired());
        return group.resized(group.shape().copy(next -> next.desiredCapacity(change.desired())), why);
    }
}
