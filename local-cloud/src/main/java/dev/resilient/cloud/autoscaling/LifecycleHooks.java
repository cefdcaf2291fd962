package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.LifecycleHook.Transition;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteLifecycleHookRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksResponse;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHookSpecification;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;

/** The lifecycle hooks of groups. Notification targets are refused: nobody would be told. */
record LifecycleHooks(CloudContext cloud, GroupStore groups) {
    private static final SupportedMembers PUT = SupportedMembers.of("""
        AutoScalingGroupName LifecycleHookName LifecycleTransition HeartbeatTimeout DefaultResult
        NotificationMetadata\
        """);
    private static final int MOST_PER_GROUP = 50;
    private static final int SHORTEST_TIMEOUT = 30;
    private static final int LONGEST_TIMEOUT = 7200;

    void register(OperationRegistry operations) {
        Access<AwsRequest> group = GroupArns.named(cloud, groups);
        operations.act(PutLifecycleHookRequest.class, group, this::put);
        operations.act(DeleteLifecycleHookRequest.class, group, this::delete);
        operations.on(DescribeLifecycleHooksRequest.class, this::describe);
    }

    /** The hooks of a new group. */
    static List<LifecycleHook> read(List<LifecycleHookSpecification> given) {
        Map<String, LifecycleHook> hooks = new LinkedHashMap<>();
        for (LifecycleHookSpecification specification : given) {
            PUT.check(specification);
            hooks.put(
                    specification.lifecycleHookName(),
                    read(
                            PutLifecycleHookRequest.builder()
                                    .lifecycleHookName(specification.lifecycleHookName())
                                    .lifecycleTransition(specification.lifecycleTransition())
                                    .heartbeatTimeout(specification.heartbeatTimeout())
                                    .defaultResult(specification.defaultResult())
                                    .notificationMetadata(specification.notificationMetadata())
                                    .build(),
                            null));
        }
        return List.copyOf(hooks.values());
    }

    /** The hook that is asked for: what the request leaves out stays as it was, or is as AWS has it. */
    private static LifecycleHook read(PutLifecycleHookRequest request, @Nullable LifecycleHook before) {
        return new LifecycleHook(
                request.lifecycleHookName(),
                transition(request.lifecycleTransition(), before),
                timeout(request.heartbeatTimeout(), before),
                request.defaultResult() == null
                        ? before != null && before.continues()
                        : LifecycleActions.continues("default result", request.defaultResult()),
                request.notificationMetadata() == null && before != null
                        ? before.notificationMetadata()
                        : request.notificationMetadata());
    }

    private static Transition transition(@Nullable String given, @Nullable LifecycleHook before) {
        if (given == null) {
            if (before == null) {
                throw Errors.validation("A new lifecycle hook must have a lifecycle transition");
            }
            return before.transition();
        }
        return Transition.named(given)
                .orElseThrow(() -> Errors.validation("'" + given + "' is not a lifecycle transition"));
    }

    private static Duration timeout(@Nullable Integer given, @Nullable LifecycleHook before) {
        if (given == null) {
            return before == null ? Duration.ofHours(1) : before.heartbeatTimeout();
        }
        refuseIf(
                given < SHORTEST_TIMEOUT || given > LONGEST_TIMEOUT,
                () -> Errors.validation("The heartbeat timeout must be between " + SHORTEST_TIMEOUT + " and "
                        + LONGEST_TIMEOUT + " seconds"));
        return Duration.ofSeconds(given);
    }

    private void put(PutLifecycleHookRequest request) {
        PUT.check(request);
        groups.change(request.autoScalingGroupName(), group -> {
            Map<String, LifecycleHook> hooks = byName(group);
            hooks.put(request.lifecycleHookName(), read(request, hooks.get(request.lifecycleHookName())));
            refuseIf(
                    hooks.size() > MOST_PER_GROUP,
                    () -> ServiceError.badRequest(
                            "LimitExceeded", "A group can have " + MOST_PER_GROUP + " lifecycle hooks"));
            return group.withHooks(List.copyOf(hooks.values()));
        });
    }

    private static Map<String, LifecycleHook> byName(Group group) {
        Map<String, LifecycleHook> hooks = new LinkedHashMap<>();
        group.hooks().forEach(hook -> hooks.put(hook.name(), hook));
        return hooks;
    }

    /** Who waits for the hook first proceeds with its termination, or gives up its launch. */
    private void delete(DeleteLifecycleHookRequest request) {
        String name = request.lifecycleHookName();
        groups.change(request.autoScalingGroupName(), group -> {
            Map<String, LifecycleHook> hooks = byName(group);
            if (hooks.remove(name) == null) {
                throw Errors.validation("No Lifecycle Hook found with name: " + name);
            }
            Group freed = group.withHooks(List.copyOf(hooks.values()));
            for (Member member : group.members()) {
                Optional<LifecycleAction> action = LifecycleActions.of(member, name);
                if (action.isPresent() && member.phase() instanceof Phase.Waiting waiting) {
                    boolean continues = waiting.transition() == Transition.TERMINATING;
                    freed = freed.withMember(
                            member.instanceId(), waiting.completed(action.get(), continues, "Lifecycle Hook Deleted"));
                }
            }
            return freed;
        });
    }

    private DescribeLifecycleHooksResponse describe(DescribeLifecycleHooksRequest request) {
        Group group = groups.require(request.autoScalingGroupName());
        return DescribeLifecycleHooksResponse.builder()
                .lifecycleHooks(group.hooks().stream()
                        .filter(hook -> request.lifecycleHookNames().isEmpty()
                                || request.lifecycleHookNames().contains(hook.name()))
                        .map(hook -> view(group, hook))
                        .toList())
                .build();
    }

    private static software.amazon.awssdk.services.autoscaling.model.LifecycleHook view(
            Group group, LifecycleHook hook) {
        return software.amazon.awssdk.services.autoscaling.model.LifecycleHook.builder()
                .lifecycleHookName(hook.name())
                .autoScalingGroupName(group.name())
                .lifecycleTransition(hook.transition().wireName())
                .heartbeatTimeout((int) hook.heartbeatTimeout().toSeconds())
                .globalTimeout((int) hook.globalTimeout().toSeconds())
                .defaultResult(hook.continues() ? LifecycleActions.CONTINUE : LifecycleActions.ABANDON)
                .notificationMetadata(hook.notificationMetadata())
                .build();
    }
}
