package dev.resilient.cloud.autoscaling.operation;

import dev.resilient.cloud.autoscaling.group.Errors;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Shapes;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthRequest;

/** What callers do with single instances of groups: look, and judge. */
record GroupInstances(CloudContext cloud, GroupStore groups) {

    void register(OperationRegistry operations) {
        operations.on(DescribeAutoScalingInstancesRequest.class, this::describe);
        operations.act(
                SetInstanceHealthRequest.class,
                Access.resource(request ->
                        groups.holding(request.instanceId()).map(Group::arn).orElse("*")),
                this::setHealth);
    }

    private DescribeAutoScalingInstancesResponse describe(DescribeAutoScalingInstancesRequest request) {
        List<AutoScalingInstanceDetails> selected = groups.list().stream()
                .flatMap(group -> group.members().stream().map(member -> details(group, member)))
                .filter(details ->
                        request.instanceIds().isEmpty() || request.instanceIds().contains(details.instanceId()))
                .toList();
        return GroupStore.PAGES.answer(
                request,
                DescribeAutoScalingInstancesResponse.builder(),
                selected,
                AutoScalingInstanceDetails::instanceId,
                details -> details);
    }

    private static AutoScalingInstanceDetails details(Group group, Member member) {
        Instance shown = member.shown();
        return Shapes.copy(shown, AutoScalingInstanceDetails.builder())
                .autoScalingGroupName(group.name())
                .healthStatus(shown.healthStatus().toUpperCase(Locale.ROOT))
                .build();
    }

    private void setHealth(SetInstanceHealthRequest request) {
        boolean healthy =
                switch (request.healthStatus()) {
                    case "Healthy" -> true;
                    case "Unhealthy" -> false;
                    default -> throw Errors.validation("Valid instance health states are: [Healthy, Unhealthy].");
                };
        String instanceId = request.instanceId();
        boolean respectsGrace = !Boolean.FALSE.equals(request.shouldRespectGracePeriod());
        Group holder = groups.holding(instanceId).orElseThrow(() -> Errors.noSuchInstance(instanceId));
        groups.change(
                holder.name(),
                group -> !healthy && respectsGrace && inGrace(group, instanceId)
                        ? group
                        : group.withMember(
                                instanceId, member -> member.withUnhealthy(healthy ? null : Unhealthy.USER)));
    }

    private boolean inGrace(Group group, String instanceId) {
        Instant now = cloud.time().instant();
        Instant since = group.member(instanceId).flatMap(Member::inService).orElse(now);
        return now.isBefore(since.plus(cloud.pace().of(group.gracePeriod())));
    }
}
