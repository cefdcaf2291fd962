package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.group.Errors;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.LifecycleAction;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Transition;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.shape.Members;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteLifecycleHookRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksResponse;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHookSpecification;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;

/**
 * The lifecycle hooks of groups, and the completion of what instances wait for. Notification targets are refused: nobody would be
 * told.
 */
record LifecycleHooks(GroupStore groups) {
    private static final SupportedMembers PUT = SupportedMembers.of("""
        AutoScalingGroupName LifecycleHookName LifecycleTransition HeartbeatTimeout DefaultResult
        NotificationMetadata\
        """);
    private static final int MOST_PER_GROUP = 50;
    private static final int SHORTEST_TIMEOUT = 30;
    private static final int LONGEST_TIMEOUT = 7200;

    /** How long an instance waits at most, however many heartbeats there are: two days. */
    private static final int LONGEST_WAIT = 172_800;

    private static final int MOST_HEARTBEATS = 100;

    void register(OperationRegistry operations) {
        groups.register(operations, PutLifecycleHookRequest.class, LifecycleHooks::put);
        groups.register(operations, DeleteLifecycleHookRequest.class, LifecycleHooks::delete);
        groups.register(operations, CompleteLifecycleActionRequest.class, LifecycleHooks::complete);
        operations.on(DescribeLifecycleHooksRequest.class, this::describe);
    }

    /** A hook of a new group. */
    static LifecycleHook read(String group, LifecycleHookSpecification asked) {
        return read(asked, fresh(group));
    }

    private static LifecycleHook fresh(String group) {
        return LifecycleHook.builder()
                .autoScalingGroupName(group)
                .heartbeatTimeout(3600)
                .defaultResult(LifecycleAction.ABANDON)
                .build();
    }

    /** The hook that is asked for: what the request leaves out stays as it is. */
    private static LifecycleHook read(SdkPojo request, LifecycleHook now) {
        PUT.check(request);
        LifecycleHook asked = Members.copy(request, now.toBuilder()).build();
        String transition = asked.lifecycleTransition();
        refuseIf(transition == null, "A new lifecycle hook must have a lifecycle transition");
        refuseIf(Transition.named(transition).isEmpty(), "'" + transition + "' is not a lifecycle transition");
        int timeout = asked.heartbeatTimeout();
        refuseIf(
                timeout < SHORTEST_TIMEOUT || timeout > LONGEST_TIMEOUT,
                "The heartbeat timeout must be between " + SHORTEST_TIMEOUT + " and " + LONGEST_TIMEOUT + " seconds");
        checkResult("default result", asked.defaultResult());
        return asked.copy(hook -> hook.globalTimeout(Math.min(LONGEST_WAIT, MOST_HEARTBEATS * timeout)));
    }

    private static void checkResult(String what, String result) {
        refuseIf(
                !result.equals(LifecycleAction.CONTINUE) && !result.equals(LifecycleAction.ABANDON),
                "The " + what + " must be CONTINUE or ABANDON");
    }

    private static Group put(PutLifecycleHookRequest request, Group group) {
        LifecycleHook now = named(group, request.lifecycleHookName()).orElseGet(() -> fresh(group.name()));
        Group hooked = group.withHook(read(request, now));
        refuseIf(
                hooked.hooks().size() > MOST_PER_GROUP,
                "LimitExceeded",
                "A group can have " + MOST_PER_GROUP + " lifecycle hooks");
        return hooked;
    }

    private static Optional<LifecycleHook> named(Group group, String name) {
        return group.hooks().stream()
                .filter(hook -> hook.lifecycleHookName().equals(name))
                .findFirst();
    }

    /** Who waits for the hook first proceeds with its termination, or gives up its launch. */
    private static Group delete(DeleteLifecycleHookRequest request, Group group) {
        String name = request.lifecycleHookName();
        refuseIf(named(group, name).isEmpty(), "No Lifecycle Hook found with name: " + name);
        Group freed = group.withHooks(group.hooks().stream()
                .filter(hook -> !hook.lifecycleHookName().equals(name))
                .toList());
        for (Member member : group.members()) {
            if (member.phase() instanceof Phase.Waiting waiting) {
                boolean continues = waiting.transition() == Transition.TERMINATING;
                for (LifecycleAction action : waiting.actions(name)) {
                    Phase next = waiting.completed(action, continues, "Lifecycle Hook Deleted");
                    freed = freed.withMember(member.instanceId(), next);
                }
            }
        }
        return freed;
    }

    private static Group complete(CompleteLifecycleActionRequest request, Group group) {
        String result = request.lifecycleActionResult();
        checkResult("lifecycle action result", result);
        boolean continues = result.equals(LifecycleAction.CONTINUE);
        String how = "Lifecycle Action Completed with " + result + " Result";
        for (Member member : group.members()) {
            if (member.phase() instanceof Phase.Waiting waiting) {
                for (LifecycleAction action : waiting.actions(request.lifecycleHookName())) {
                    if (names(request, member, action)) {
                        return group.withMember(member.instanceId(), waiting.completed(action, continues, how));
                    }
                }
            }
        }
        String token = request.lifecycleActionToken();
        throw Errors.validation("No active Lifecycle Action found with "
                + (token == null ? "instance ID " + request.instanceId() : "token " + token));
    }

    /** Callers name an action by its token, or by the instance that waits. */
    private static boolean names(CompleteLifecycleActionRequest request, Member member, LifecycleAction action) {
        return request.lifecycleActionToken() == null
                ? member.instanceId().equals(request.instanceId())
                : action.token().equals(request.lifecycleActionToken());
    }

    private DescribeLifecycleHooksResponse describe(DescribeLifecycleHooksRequest request) {
        return DescribeLifecycleHooksResponse.builder()
                .lifecycleHooks(Members.named(
                        request, groups.require(request.autoScalingGroupName()).hooks()))
                .build();
    }
}
