package dev.resilient.cloud.autoscaling.group;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceIdentifier;

/**
 * An Auto Scaling group with its instances: one immutable value, replaced as a whole.
 *
 * @param shape as the API shows it, but for what follows from the rest; with a status once the group is being deleted. Its ARN is
 *     unique over time: a group that is made again under the same name has another
 * @param refreshes the newest first; at most one is under way
 * @param capacityChange the sentence that explains the latest change of the desired capacity; null once acted on
 */
public record Group(
        AutoScalingGroup shape,
        List<Attachment> attachments,
        List<LifecycleHook> hooks,
        List<TrackingPolicy> policies,
        List<Refresh> refreshes,
        List<Member> members,
        @Nullable String capacityChange,
        LaunchBackoff backoff) {
    private static final int KEPT_REFRESHES = 50;

    /** Keeps its own copies of the lists. */
    public Group {
        attachments = List.copyOf(attachments);
        hooks = List.copyOf(hooks);
        policies = List.copyOf(policies);
        refreshes = List.copyOf(refreshes);
        members = List.copyOf(members);
    }

    /** A new group without instances, which nothing has been asked of yet. */
    public static Group of(AutoScalingGroup shape) {
        return new Group(shape, List.of(), List.of(), List.of(), List.of(), List.of(), null, LaunchBackoff.NONE);
    }

    /** Its name. */
    public String name() {
        return shape.autoScalingGroupName();
    }

    /** Its ARN. */
    public String arn() {
        return shape.autoScalingGroupARN();
    }

    /** The desired capacity. */
    public int desired() {
        return shape.desiredCapacity();
    }

    /** Whether it goes as soon as its instances are gone. */
    public boolean isDeleting() {
        return shape.status() != null;
    }

    /** How long an instance serves until load balancers are asked about it. */
    public Duration gracePeriod() {
        return Duration.ofSeconds(shape.healthCheckGracePeriod());
    }

    /** How long an instance has to be in service until it counts as ready. */
    public Duration warmup() {
        return Duration.ofSeconds(shape.defaultInstanceWarmup() == null ? 0 : shape.defaultInstanceWarmup());
    }

    /** Whether a process is not suspended. */
    public boolean runs(ScalingProcess process) {
        return !suspended().contains(process);
    }

    /** The processes that are suspended; the set is the caller's own. */
    public Set<ScalingProcess> suspended() {
        return shape.suspendedProcesses().stream()
                .flatMap(suspended -> ScalingProcess.named(suspended.processName()).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ScalingProcess.class)));
    }

    /** What instances have to wait for at a transition. */
    public List<LifecycleHook> hooks(Transition transition) {
        return hooks.stream()
                .filter(hook -> hook.lifecycleTransition().equals(transition.wireName()))
                .toList();
    }

    /** The refresh that is under way. */
    public Optional<Refresh> refresh() {
        return refreshes.stream().filter(Refresh::isUnderWay).findFirst();
    }

    /** What instances are launched from now. */
    public LaunchTemplateSpecification launchTemplate() {
        return refresh().flatMap(Refresh::template).orElse(shape.launchTemplate());
    }

    /** The member with this id. */
    public Optional<Member> member(String instanceId) {
        return members.stream()
                .filter(member -> member.instanceId().equals(instanceId))
                .findFirst();
    }

    /** The member with this id; an error in AWS's words if the group has none. */
    public Member requireMember(String instanceId) {
        return member(instanceId)
                .orElseThrow(() -> Errors.validation(
                        "The instance " + instanceId + " is not part of Auto Scaling group " + name() + "."));
    }

    /** The instances that count towards the capacity. */
    public List<Member> staying() {
        return members.stream().filter(Member::stays).toList();
    }

    /** As the API shows it. */
    public AutoScalingGroup shown(LaunchTemplateSpecification template) {
        List<String> targetGroups =
                attachments.stream().map(Attachment::targetGroupArn).toList();
        return shape.toBuilder()
                .launchTemplate(template)
                .targetGroupARNs(targetGroups)
                .trafficSources(targetGroups.stream()
                        .map(arn -> TrafficSourceIdentifier.builder()
                                .identifier(arn)
                                .type("elbv2")
                                .build())
                        .toList())
                .instances(members.stream().map(Member::shown).toList())
                .build();
    }

    /** With another shape. */
    public Group with(AutoScalingGroup next) {
        return new Group(next, attachments, hooks, policies, refreshes, members, capacityChange, backoff);
    }

    /** With something else in its shape. */
    public Group with(Consumer<AutoScalingGroup.Builder> change) {
        return with(shape.copy(change));
    }

    /** Asks for another size; {@code change} says why, for the activities that follow. */
    public Group resized(AutoScalingGroup next, String change) {
        boolean sameDesired = next.desiredCapacity().equals(shape.desiredCapacity());
        return with(next).withCapacityChange(sameDesired ? capacityChange : change);
    }

    /** With one more tag, or another value of one that it has. */
    public Group withTag(TagDescription tag) {
        return with(next -> next.tags(put(shape.tags(), TagDescription::key, tag)));
    }

    /** With these processes suspended, and no others. */
    public Group withSuspended(Set<ScalingProcess> suspended) {
        return with(next -> next.suspendedProcesses(Arrays.stream(ScalingProcess.values())
                .filter(suspended::contains)
                .map(ScalingProcess::suspended)
                .toList()));
    }

    /** With these attachments. */
    public Group withAttachments(List<Attachment> next) {
        return new Group(shape, next, hooks, policies, refreshes, members, capacityChange, backoff);
    }

    /** With these hooks. */
    public Group withHooks(List<LifecycleHook> next) {
        return new Group(shape, attachments, next, policies, refreshes, members, capacityChange, backoff);
    }

    /** With one more hook, or another one of its name. */
    public Group withHook(LifecycleHook hook) {
        return withHooks(put(hooks, LifecycleHook::lifecycleHookName, hook));
    }

    /** With these policies. */
    public Group withPolicies(List<TrackingPolicy> next) {
        return new Group(shape, attachments, hooks, next, refreshes, members, capacityChange, backoff);
    }

    /** With one more policy, or another one of its name. */
    public Group withPolicy(TrackingPolicy policy) {
        return withPolicies(put(policies, TrackingPolicy::name, policy));
    }

    private Group withRefreshes(List<Refresh> next) {
        return new Group(shape, attachments, hooks, policies, next, members, capacityChange, backoff);
    }

    /** The latest refreshes are kept, the newest first. */
    public Group withNewRefresh(Refresh added) {
        return withRefreshes(Stream.concat(Stream.of(added), refreshes.stream())
                .limit(KEPT_REFRESHES)
                .toList());
    }

    /** Brings a refresh further. One that succeeded has made its template the group's own. */
    public Group withRefresh(Refresh next) {
        Group changed = withRefreshes(put(refreshes, Refresh::id, next));
        return next.shape().status() == InstanceRefreshStatus.SUCCESSFUL
                ? changed.with(own -> own.launchTemplate(next.template().orElse(shape.launchTemplate())))
                : changed;
    }

    private Group withMembers(List<Member> next) {
        return new Group(shape, attachments, hooks, policies, refreshes, next, capacityChange, backoff);
    }

    /** With one more member. */
    public Group withNewMember(Member added) {
        return withMembers(put(members, Member::instanceId, added));
    }

    /** Without the member with this id. */
    public Group withoutMember(String instanceId) {
        return withMembers(members.stream()
                .filter(member -> !member.instanceId().equals(instanceId))
                .toList());
    }

    /** Moves one member on; does nothing if it is gone. */
    public Group withMember(String instanceId, Phase next) {
        return withMember(instanceId, member -> member.in(next));
    }

    /** Changes one member; does nothing if it is gone. */
    public Group withMember(String instanceId, UnaryOperator<Member> change) {
        return withMembers(members.stream()
                .map(member -> member.instanceId().equals(instanceId) ? change.apply(member) : member)
                .toList());
    }

    /** With another sentence about the latest change of the desired capacity; null once acted on. */
    public Group withCapacityChange(@Nullable String next) {
        return new Group(shape, attachments, hooks, policies, refreshes, members, next, backoff);
    }

    /** With another wait before the next launch. */
    public Group withBackoff(LaunchBackoff next) {
        return new Group(shape, attachments, hooks, policies, refreshes, members, capacityChange, next);
    }

    /** With one more at the end, or in the place of the one of the same name. */
    private static <T> List<T> put(List<T> all, Function<T, String> name, T added) {
        Map<String, T> byName = new LinkedHashMap<>();
        all.forEach(each -> byName.put(name.apply(each), each));
        byName.put(name.apply(added), added);
        return List.copyOf(byName.values());
    }
}
