package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.GroupSettings.Capacity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;

/**
 * An Auto Scaling group with its instances: one immutable value, replaced as a whole.
 *
 * @param refreshes the newest first; at most one is under way
 * @param arn unique over time: a group that is made again under the same name has another
 */
record Group(
        String name,
        String arn,
        Instant created,
        GroupSettings settings,
        List<GroupTag> tags,
        List<Attachment> attachments,
        Set<ScalingProcess> suspended,
        List<LifecycleHook> hooks,
        List<ScalingPolicy> policies,
        List<InstanceRefresh> refreshes,
        List<Member> members,
        Progress progress) {
    private static final int KEPT_REFRESHES = 50;

    Group {
        tags = List.copyOf(tags);
        attachments = List.copyOf(attachments);
        suspended = Set.copyOf(suspended);
        hooks = List.copyOf(hooks);
        policies = List.copyOf(policies);
        refreshes = List.copyOf(refreshes);
        members = List.copyOf(members);
    }

    Capacity capacity() {
        return settings.capacity();
    }

    boolean runs(ScalingProcess process) {
        return !suspended.contains(process);
    }

    /** What instances have to wait for at a transition. */
    List<LifecycleHook> hooks(LifecycleHook.Transition transition) {
        return hooks.stream().filter(hook -> hook.transition() == transition).toList();
    }

    /** The refresh that is under way. */
    Optional<InstanceRefresh> refresh() {
        return refreshes.stream().filter(InstanceRefresh::isUnderWay).findFirst();
    }

    /** What instances are launched from now. */
    Fleet.TemplateReference launchTemplate() {
        return refresh().flatMap(InstanceRefresh::launches).orElse(settings.template());
    }

    Optional<Member> member(String instanceId) {
        return members.stream()
                .filter(member -> member.instanceId().equals(instanceId))
                .findFirst();
    }

    /** The member with this id; an error in AWS's words if the group has none. */
    Member requireMember(String instanceId) {
        return member(instanceId)
                .orElseThrow(() -> Errors.validation(
                        "The instance " + instanceId + " is not part of Auto Scaling group " + name + "."));
    }

    /** The instances that count towards the capacity. */
    List<Member> staying() {
        return members.stream().filter(Member::stays).toList();
    }

    Group withSettings(GroupSettings next) {
        return new Group(
                name, arn, created, next, tags, attachments, suspended, hooks, policies, refreshes, members, progress);
    }

    Group withTags(List<GroupTag> next) {
        return new Group(
                name,
                arn,
                created,
                settings,
                next,
                attachments,
                suspended,
                hooks,
                policies,
                refreshes,
                members,
                progress);
    }

    Group withAttachments(List<Attachment> next) {
        return new Group(
                name, arn, created, settings, tags, next, suspended, hooks, policies, refreshes, members, progress);
    }

    Group withSuspended(Set<ScalingProcess> next) {
        return new Group(
                name, arn, created, settings, tags, attachments, next, hooks, policies, refreshes, members, progress);
    }

    Group withHooks(List<LifecycleHook> next) {
        return new Group(
                name,
                arn,
                created,
                settings,
                tags,
                attachments,
                suspended,
                next,
                policies,
                refreshes,
                members,
                progress);
    }

    Group withPolicies(List<ScalingPolicy> next) {
        return new Group(
                name, arn, created, settings, tags, attachments, suspended, hooks, next, refreshes, members, progress);
    }

    private Group withRefreshes(List<InstanceRefresh> next) {
        return new Group(
                name, arn, created, settings, tags, attachments, suspended, hooks, policies, next, members, progress);
    }

    /** The latest refreshes are kept, the newest first. */
    Group withNewRefresh(InstanceRefresh added) {
        return withRefreshes(Stream.concat(Stream.of(added), refreshes.stream())
                .limit(KEPT_REFRESHES)
                .toList());
    }

    /** Brings a refresh further. One that succeeded has made its template the group's own. */
    Group withRefresh(InstanceRefresh next) {
        Group changed = withRefreshes(refreshes.stream()
                .map(refresh -> refresh.id().equals(next.id()) ? next : refresh)
                .toList());
        return next.status() == InstanceRefreshStatus.SUCCESSFUL
                ? changed.withSettings(settings.withTemplate(next.desired().orElse(settings.template())))
                : changed;
    }

    Group withProgress(Progress next) {
        return new Group(
                name, arn, created, settings, tags, attachments, suspended, hooks, policies, refreshes, members, next);
    }

    private Group withMembers(List<Member> next) {
        return new Group(
                name, arn, created, settings, tags, attachments, suspended, hooks, policies, refreshes, next, progress);
    }

    Group withNewMember(Member added) {
        return withMembers(Stream.concat(members.stream(), Stream.of(added)).toList());
    }

    Group withoutMember(String instanceId) {
        return withMembers(members.stream()
                .filter(member -> !member.instanceId().equals(instanceId))
                .toList());
    }

    /** Moves one member on; does nothing if it is gone. */
    Group withMember(String instanceId, Phase next) {
        return withMember(instanceId, member -> member.in(next));
    }

    /** Changes one member; does nothing if it is gone. */
    Group withMember(String instanceId, UnaryOperator<Member> change) {
        return withMembers(members.stream()
                .map(member -> member.instanceId().equals(instanceId) ? change.apply(member) : member)
                .toList());
    }

    /** Asks for another capacity; {@code change} says why, for the activities that follow. */
    Group withCapacity(Capacity next, String change) {
        boolean sameDesired = next.desired() == capacity().desired();
        return withSettings(settings.withCapacity(next))
                .withProgress(sameDesired ? progress : progress.withCapacityChange(change));
    }

    /**
     * Where the reconciler is with a group.
     *
     * @param capacityChange the sentence that explains the latest change of the desired capacity; null once acted on
     * @param deleting whether the group goes as soon as its instances are gone
     */
    record Progress(@Nullable String capacityChange, LaunchBackoff backoff, boolean deleting) {
        static final Progress NONE = new Progress(null, LaunchBackoff.NONE, false);

        Progress withCapacityChange(@Nullable String next) {
            return new Progress(next, backoff, deleting);
        }

        Progress withBackoff(LaunchBackoff next) {
            return new Progress(capacityChange, next, deleting);
        }
    }
}
