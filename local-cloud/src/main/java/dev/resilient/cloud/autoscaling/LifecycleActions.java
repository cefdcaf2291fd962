package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;

/** Completes and prolongs what instances wait for. */
final class LifecycleActions {
    static final String CONTINUE = "CONTINUE";
    static final String ABANDON = "ABANDON";

    private final CloudContext cloud;
    private final GroupStore groups;

    LifecycleActions(CloudContext cloud, GroupStore groups) {
        this.cloud = cloud;
        this.groups = groups;
    }

    void register(OperationRegistry operations) {
        operations.register(
                CompleteLifecycleActionRequest.class,
                GroupArns.named(cloud, groups, CompleteLifecycleActionRequest::autoScalingGroupName),
                (request, call) -> complete(request));
        operations.register(
                RecordLifecycleActionHeartbeatRequest.class,
                GroupArns.named(cloud, groups, RecordLifecycleActionHeartbeatRequest::autoScalingGroupName),
                (request, call) -> beat(request));
    }

    /** Whether a result means to go on. */
    static boolean continues(String what, String result) {
        return switch (result) {
            case CONTINUE -> true;
            case ABANDON -> false;
            default -> throw Errors.validation("The " + what + " must be CONTINUE or ABANDON");
        };
    }

    /** What an instance waits for because of a hook. */
    static Optional<LifecycleAction> of(Member member, String hook) {
        return member.phase() instanceof Phase.Waiting waiting
                ? waiting.actions().stream()
                        .filter(action -> action.hook().name().equals(hook))
                        .findFirst()
                : Optional.empty();
    }

    private CompleteLifecycleActionResponse complete(CompleteLifecycleActionRequest request) {
        boolean continues = continues("lifecycle action result", request.lifecycleActionResult());
        String how = "Lifecycle Action Completed with " + request.lifecycleActionResult() + " Result";
        change(
                request.autoScalingGroupName(),
                new Named(request.lifecycleHookName(), request.lifecycleActionToken(), request.instanceId()),
                (waiting, action) -> waiting.completed(action, continues, how));
        return CompleteLifecycleActionResponse.builder().build();
    }

    private RecordLifecycleActionHeartbeatResponse beat(RecordLifecycleActionHeartbeatRequest request) {
        change(
                request.autoScalingGroupName(),
                new Named(request.lifecycleHookName(), request.lifecycleActionToken(), request.instanceId()),
                (waiting, action) ->
                        waiting.with(action.afterHeartbeat(cloud.time().instant(), cloud.pace())));
        return RecordLifecycleActionHeartbeatResponse.builder().build();
    }

    /** An action as callers name it: by its token, or by the instance that waits. */
    private record Named(
            String hook, @Nullable String token, @Nullable String instanceId) {
        boolean is(Member member, LifecycleAction action) {
            return token == null
                    ? member.instanceId().equals(instanceId)
                    : action.token().equals(token);
        }

        ServiceError isNotActive() {
            return Errors.validation("No active Lifecycle Action found with "
                    + (token == null ? "instance ID " + instanceId : "token " + token));
        }
    }

    private void change(
            String groupName, Named named, BiFunction<Phase.Waiting, LifecycleAction, Phase.Waiting> change) {
        groups.change(groupName, group -> {
            for (Member member : group.members()) {
                Optional<LifecycleAction> action = of(member, named.hook()).filter(found -> named.is(member, found));
                if (action.isPresent() && member.phase() instanceof Phase.Waiting waiting) {
                    return group.withMember(member.instanceId(), change.apply(waiting, action.get()));
                }
            }
            throw named.isNotActive();
        });
    }
}
