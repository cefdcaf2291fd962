package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import java.util.List;
import java.util.Set;
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
            case Step.Expire expire ->
                member.phase() instanceof Phase.Waiting waiting
                        && move(
                                group,
                                member,
                                waiting.completed(
                                        expire.action(), expire.action().continues(), "Heartbeat Timeout"));
            case Step.EnterService enter -> enterService(group, member);
            case Step.MarkUnhealthy mark ->
                groups.update(
                                group,
                                now -> now.withMember(member.instanceId(), still -> still.withUnhealthy(mark.found())))
                        .isPresent();
            case Step.Select select -> select(group, member, select.cause());
            case Step.Deregister deregister -> deregister(group, member);
            case Step.ShutDown shutDown -> shutDown(group, member);
            case Step.StandBy standBy -> move(group, member, new Phase.Standby()) && end(member);
            case Step.Forget forget -> forget(group, member);
        };
    }

    /** Moves an instance on; false if it is not where it was seen any more. */
    private boolean move(Group group, Member seen, Phase next) {
        return groups.update(
                        group,
                        now -> now.withMember(
                                seen.instanceId(),
                                still -> still.phase().equals(seen.phase()) ? still.in(next) : still))
                .flatMap(now -> now.member(seen.instanceId()))
                .filter(now -> now.phase().equals(next))
                .isPresent();
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
        List<LifecycleAction> actions = group.hooks(transition).stream()
                .map(hook -> LifecycleAction.begun(
                        hook, cloud.ids().uuid(), cloud.time().instant(), cloud.pace()))
                .toList();
        boolean waits = move(group, member, new Phase.Waiting(activity, transition, actions, null));
        if (waits) {
            activities.waiting(activity);
        }
        return waits;
    }

    private boolean enterService(Group group, Member member) {
        if (group.runs(ScalingProcess.ADD_TO_LOAD_BALANCER)) {
            attachments.register(group, member.instanceId());
        }
        boolean serves = move(group, member, new Phase.InService(cloud.time().instant()));
        return serves && end(member);
    }

    private boolean forget(Group group, Member member) {
        return groups.update(group, now -> now.withoutMember(member.instanceId()))
                        .isPresent()
                && end(member);
    }

    /** Ends the activity that brought an instance to where it is now. */
    private boolean end(Member member) {
        member.phase().underWay().ifPresent(activities::successful);
        return true;
    }

    private boolean backOff(Group group) {
        return groups.update(
                        group,
                        now -> now.withBackoff(
                                now.backoff().afterFailure(cloud.time().instant(), cloud.pace(), Set.of())))
                .isPresent();
    }

    /** Unless somebody else has changed the refresh meanwhile. */
    private boolean advance(Group group, Refresh next) {
        return groups.update(group, now -> now.refresh().equals(group.refresh()) ? now.withRefresh(next) : now)
                .filter(now -> now.refreshes().contains(next))
                .isPresent();
    }

    /** Unless somebody else has changed the policies or the capacity meanwhile. */
    private boolean track(Group group, Step.Track track) {
        groups.update(
                group,
                now -> now.policies().equals(group.policies()) && now.shape().equals(group.shape())
                        ? tracked(now, track)
                        : now);
        return track.change().isPresent();
    }

    private Group tracked(Group group, Step.Track track) {
        Group seen = group.withPolicies(track.seen());
        return track.change()
                .map(change -> seen.resized(
                        seen.shape().copy(next -> next.desiredCapacity(change.desired())),
                        Causes.alarm(cloud.time().instant(), change, seen.desired())))
                .orElse(seen);
    }

    private boolean deregister(Group group, Member member) {
        if (!(member.phase() instanceof Phase.Selected(String activity, Phase.Exit exit))) {
            return false;
        }
        List<String> left = attachments.deregister(group, member.instanceId());
        if (!left.isEmpty()) {
            activities.draining(activity);
        }
        return move(group, member, new Phase.Draining(activity, exit));
    }

    private boolean shutDown(Group group, Member member) {
        String activity = member.phase().underWay().orElseThrow();
        fleet.terminate(member.instanceId());
        activities.drained(activity);
        return move(group, member, new Phase.ShuttingDown(activity));
    }
}
