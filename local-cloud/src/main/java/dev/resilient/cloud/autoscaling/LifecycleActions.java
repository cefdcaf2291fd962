package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;

/** Completes what instances wait for. */
record LifecycleActions(CloudContext cloud, GroupStore groups) {
    static final String CONTINUE = "CONTINUE";
    static final String ABANDON = "ABANDON";

    void register(OperationRegistry operations) {
        Access<AwsRequest> group = GroupArns.named(cloud, groups);
        operations.act(CompleteLifecycleActionRequest.class, group, this::complete);
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

    private void complete(CompleteLifecycleActionRequest request) {
        boolean continues = continues("lifecycle action result", request.lifecycleActionResult());
        String how = "Lifecycle Action Completed with " + request.lifecycleActionResult() + " Result";
        groups.change(request.autoScalingGroupName(), group -> {
            for (Member member : group.members()) {
                Optional<LifecycleAction> action =
                        of(member, request.lifecycleHookName()).filter(found -> names(request, member, found));
                if (action.isPresent() && member.phase() instanceof Phase.Waiting waiting) {
                    return group.withMember(member.instanceId(), waiting.completed(action.get(), continues, how));
                }
            }
            String token = request.lifecycleActionToken();
            throw Errors.validation("No active Lifecycle Action found with "
                    + (token == null ? "instance ID " + request.instanceId() : "token " + token));
        });
    }

    /** Callers name an action by its token, or by the instance that waits. */
    private static boolean names(CompleteLifecycleActionRequest request, Member member, LifecycleAction action) {
        return request.lifecycleActionToken() == null
                ? member.instanceId().equals(request.instanceId())
                : action.token().equals(request.lifecycleActionToken());
    }
}
