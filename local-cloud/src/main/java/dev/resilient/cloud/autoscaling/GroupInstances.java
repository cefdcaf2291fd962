package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthRequest;

/** What callers do with single instances of groups: look, judge, protect. */
record GroupInstances(CloudContext cloud, GroupStore groups) {

    void register(OperationRegistry operations) {
        operations.on(DescribeAutoScalingInstancesRequest.class, this::describe);
        operations.act(
                SetInstanceHealthRequest.class,
                Access.resource(request -> groups.arnOfGroupHolding(request.instanceId())),
                this::setHealth);
    }

    private DescribeAutoScalingInstancesResponse describe(DescribeAutoScalingInstancesRequest request) {
        List<AutoScalingInstanceDetails> selected = groups.list().stream()
                .flatMap(group -> group.members().stream().map(member -> GroupView.details(group, member)))
                .filter(details ->
                        request.instanceIds().isEmpty() || request.instanceIds().contains(details.instanceId()))
                .toList();
        return AutoScaling.PAGES.answer(
                request,
                DescribeAutoScalingInstancesResponse.builder(),
                selected,
                AutoScalingInstanceDetails::instanceId,
                item -> item);
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
        groups.change(groups.holding(instanceId).name(), group -> {
            if (!healthy && respectsGrace && inGrace(group, instanceId)) {
                return group;
            }
            return group.withMember(instanceId, member -> member.withUnhealthy(healthy ? null : Unhealthy.USER));
        });
    }

    private boolean inGrace(Group group, String instanceId) {
        Instant now = cloud.time().instant();
        Instant since = group.member(instanceId).flatMap(Member::inService).orElse(now);
        return now.isBefore(since.plus(cloud.pace().of(group.settings().gracePeriod())));
    }
}
