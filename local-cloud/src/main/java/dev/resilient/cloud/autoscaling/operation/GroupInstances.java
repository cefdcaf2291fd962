package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.shape.Members;
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
        operations.act(SetInstanceHealthRequest.class, groups.holding(), this::setHealth);
    }

    private DescribeAutoScalingInstancesResponse describe(DescribeAutoScalingInstancesRequest request) {
        List<AutoScalingInstanceDetails> all = groups.list().stream()
                .flatMap(group -> group.members().stream().map(member -> details(group, member)))
                .toList();
        return GroupStore.PAGES.answer(
                request, DescribeAutoScalingInstancesResponse.builder(), all, AutoScalingInstanceDetails::instanceId);
    }

    private static AutoScalingInstanceDetails details(Group group, Member member) {
        Instance shown = member.shown();
        return Members.copy(shown, AutoScalingInstanceDetails.builder())
                .autoScalingGroupName(group.name())
                .healthStatus(shown.healthStatus().toUpperCase(Locale.ROOT))
                .build();
    }

    private void setHealth(SetInstanceHealthRequest request) {
        boolean healthy = request.healthStatus().equals("Healthy");
        refuseIf(
                !healthy && !request.healthStatus().equals("Unhealthy"),
                "Valid instance health states are: [Healthy, Unhealthy].");
        String instanceId = request.instanceId();
        boolean respectsGrace = !Boolean.FALSE.equals(request.shouldRespectGracePeriod());
        Unhealthy found = healthy ? null : Unhealthy.USER;
        groups.change(groups.requireHolding(instanceId).name(), group -> {
            boolean spared = !healthy && respectsGrace && inGrace(group, instanceId);
            return spared ? group : group.withMember(instanceId, member -> member.withUnhealthy(found));
        });
    }

    private boolean inGrace(Group group, String instanceId) {
        Instant now = cloud.time().instant();
        Instant since = group.member(instanceId).flatMap(Member::inService).orElse(now);
        return now.isBefore(since.plus(cloud.pace().of(group.gracePeriod())));
    }
}
