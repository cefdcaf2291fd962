package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.Member.Phase;
import dev.resilient.cloud.autoscaling.Member.Termination;
import dev.resilient.cloud.base.CloudContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes the steps of a plan, all but launches. Each step changes the group first where that claims the work, then calls out;
 * none brings back a group or an instance that is gone. Thread-safe.
 */
final class StepRunner {
    private final CloudContext cloud;
    private final GroupStore groups;
    private final Activities activities;
    private final Fleet fleet;
    private final TargetGroupLink targetGroups;

    StepRunner(CloudContext cloud, GroupStore groups, Activities activities, Neighbours neighbours) {
        this.cloud = cloud;
        this.groups = groups;
        this.activities = activities;
        this.fleet = neighbours.fleet();
        this.targetGroups = neighbours.targetGroups();
    }

    /** Takes one step; true if it changed the group, so that there may be more to do at once. */
    boolean run(Group group, Step step) {
        return switch (step) {
            case Step.Launch launch -> throw new IllegalArgumentException(launch + " belongs to the launcher");
            case Step.EnterService(String instanceId) -> enterService(group, instanceId);
            case Step.MarkUnhealthy(String instanceId, Unhealthy found) -> markUnhealthy(group, instanceId, found);
            case Step.BackOff() -> backOff(group);
            case Step.Select(String instanceId, String cause) ->
                group.member(instanceId)
                        .map(member -> select(group, member, cause))
                        .orElse(false);
            case Step.Deregister(String instanceId) -> deregister(group, instanceId);
            case Step.ShutDown(String instanceId) -> shutDown(group, instanceId);
            case Step.Forget(String instanceId) -> forget(group, instanceId);
            case Step.AdvanceAttachment(String targetGroupArn) -> advance(group, targetGroupArn);
            case Step.RemoveGroup() -> {
                groups.remove(group);
                yield false;
            }
        };
    }

    /** Begins a termination; false if the instance is gone or on its way out already. */
    private boolean select(Group group, Member member, String cause) {
        ScalingActivity activity = activities.termination(group, member, cause);
        Termination termination = new Termination(activity.id(), Phase.SELECTED);
        boolean mine = groups.update(
                        group,
                        now -> now.withMember(
                                member.instanceId(),
                                still -> still.stays() ? still.withTermination(termination) : still))
                .flatMap(now -> now.member(member.instanceId()))
                .filter(now -> termination.equals(now.termination()))
                .isPresent();
        if (mine) {
            activities.beginTermination(activity, member);
        }
        return mine;
    }

    private boolean enterService(Group group, String instanceId) {
        if (group.runs(ScalingProcess.ADD_TO_LOAD_BALANCER)) {
            attached(group).forEach(arn -> targetGroups.register(arn, instanceId));
        }
        boolean serves = groups.update(
                        group,
                        now -> now.withMember(
                                instanceId,
                                member -> member.stays()
                                        ? member.enteredService(cloud.time().instant())
                                        : member))
                .flatMap(now -> now.member(instanceId))
                .map(Member::state)
                .filter(LifecycleState.IN_SERVICE::equals)
                .isPresent();
        if (serves) {
            group.member(instanceId).ifPresent(member -> activities.successful(member.launch()));
        }
        return serves;
    }

    private boolean markUnhealthy(Group group, String instanceId, Unhealthy found) {
        return groups.update(group, now -> now.withMember(instanceId, member -> member.withUnhealthy(found)))
                .isPresent();
    }

    private boolean backOff(Group group) {
        return groups.update(
                        group,
                        now -> now.withProgress(now.progress()
                                .withBackoff(now.progress()
                                        .backoff()
                                        .afterFailure(cloud.time().instant(), cloud.pace(), Set.of()))))
                .isPresent();
    }

    private boolean deregister(Group group, String instanceId) {
        List<String> arns = attachments(group).map(Attachment::targetGroupArn).toList();
        arns.forEach(arn -> targetGroups.deregister(arn, instanceId));
        Member member = group.member(instanceId).orElseThrow();
        if (!arns.isEmpty()) {
            activities.draining(termination(member).activity());
        }
        return enter(group, member, Phase.DRAINING);
    }

    private boolean shutDown(Group group, String instanceId) {
        Member member = group.member(instanceId).orElseThrow();
        fleet.terminate(instanceId);
        activities.drained(termination(member).activity(), instanceId);
        return enter(group, member, Phase.SHUTTING_DOWN);
    }

    private boolean forget(Group group, String instanceId) {
        Member member = group.member(instanceId).orElseThrow();
        activities.successful(termination(member).activity());
        return groups.update(group, now -> now.withoutMember(instanceId)).isPresent();
    }

    private boolean enter(Group group, Member member, Phase phase) {
        Termination next = termination(member).in(phase);
        return groups.update(group, now -> now.withMember(member.instanceId(), still -> still.withTermination(next)))
                .isPresent();
    }

    private static Termination termination(Member member) {
        Termination termination = member.termination();
        if (termination == null) {
            throw new IllegalStateException(member.instanceId() + " is not being terminated");
        }
        return termination;
    }

    private boolean advance(Group group, String arn) {
        Attachment attachment = group.attachments().stream()
                .filter(each -> each.targetGroupArn().equals(arn))
                .findFirst()
                .orElseThrow();
        List<String> serving = group.members().stream()
                .filter(member -> member.state() == LifecycleState.IN_SERVICE)
                .map(Member::instanceId)
                .toList();
        return switch (attachment.state()) {
            case ADDING -> {
                serving.forEach(instanceId -> targetGroups.register(arn, instanceId));
                yield move(group, attachment, Attachment.State.ADDED);
            }
            case ADDED -> targetGroups.anyHealthy(arn) && move(group, attachment, Attachment.State.IN_SERVICE);
            case IN_SERVICE -> false;
            case REMOVING -> {
                List<String> all =
                        group.members().stream().map(Member::instanceId).toList();
                all.forEach(instanceId -> targetGroups.deregister(arn, instanceId));
                yield all.stream().allMatch(instanceId -> targetGroups.drained(arn, instanceId))
                        && detach(group, attachment);
            }
        };
    }

    private boolean move(Group group, Attachment attachment, Attachment.State next) {
        return groups.update(
                        group,
                        now -> now.withAttachments(now.attachments().stream()
                                .map(each -> each.equals(attachment) ? each.in(next) : each)
                                .toList()))
                .isPresent();
    }

    private boolean detach(Group group, Attachment attachment) {
        return groups.update(
                        group,
                        now -> now.withAttachments(now.attachments().stream()
                                .filter(each -> !each.equals(attachment))
                                .toList()))
                .isPresent();
    }

    /** The target groups that instances of this group belong in, as they are now. */
    private List<String> attached(Group group) {
        return attachments(group)
                .filter(attachment -> attachment.state() != Attachment.State.REMOVING)
                .map(Attachment::targetGroupArn)
                .toList();
    }

    /** Those that are being removed included: an instance that leaves must leave them too, whoever comes first. */
    private Stream<Attachment> attachments(Group group) {
        return groups.find(group.name()).orElse(group).attachments().stream();
    }
}
