package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Page;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthRequest;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthResponse;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceProtectionRequest;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceProtectionResponse;

/** What callers do with single instances of groups: look, judge, protect. */
final class GroupInstances {
    private static final int MOST_PROTECTED_PER_CALL = 50;
    private static final Set<LifecycleState> PROTECTABLE =
            EnumSet.of(LifecycleState.IN_SERVICE, LifecycleState.ENTERING_STANDBY, LifecycleState.STANDBY);
    private final CloudContext cloud;
    private final GroupStore groups;

    GroupInstances(CloudContext cloud, GroupStore groups) {
        this.cloud = cloud;
        this.groups = groups;
    }

    void register(OperationRegistry operations) {
        operations.register(
                DescribeAutoScalingInstancesRequest.class, Access.anyResource(), (request, call) -> describe(request));
        operations.register(
                SetInstanceHealthRequest.class,
                Access.resource(request -> groups.arnOfGroupHolding(request.instanceId())),
                (request, call) -> setHealth(request));
        operations.register(
                SetInstanceProtectionRequest.class,
                GroupArns.named(cloud, groups, SetInstanceProtectionRequest::autoScalingGroupName),
                (request, call) -> setProtection(request));
    }

    private DescribeAutoScalingInstancesResponse describe(DescribeAutoScalingInstancesRequest request) {
        List<AutoScalingInstanceDetails> selected = groups.list().stream()
                .flatMap(group -> group.members().stream().map(member -> GroupView.details(group, member)))
                .filter(details ->
                        request.instanceIds().isEmpty() || request.instanceIds().contains(details.instanceId()))
                .toList();
        Page<AutoScalingInstanceDetails> page = AutoScaling.PAGES.page(
                selected, AutoScalingInstanceDetails::instanceId, request.nextToken(), request.maxRecords());
        return DescribeAutoScalingInstancesResponse.builder()
                .autoScalingInstances(page.items())
                .nextToken(page.next())
                .build();
    }

    private SetInstanceHealthResponse setHealth(SetInstanceHealthRequest request) {
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
        return SetInstanceHealthResponse.builder().build();
    }

    private boolean inGrace(Group group, String instanceId) {
        Instant now = cloud.time().instant();
        Instant since = group.member(instanceId).flatMap(Member::inService).orElse(now);
        return now.isBefore(since.plus(cloud.pace().of(group.settings().gracePeriod())));
    }

    private SetInstanceProtectionResponse setProtection(SetInstanceProtectionRequest request) {
        if (request.instanceIds().size() > MOST_PROTECTED_PER_CALL) {
            throw Errors.validation("At most " + MOST_PROTECTED_PER_CALL + " instances can be protected in one call");
        }
        groups.change(request.autoScalingGroupName(), group -> {
            Group changed = group;
            for (String instanceId : request.instanceIds()) {
                Member member = group.requireMember(instanceId);
                if (!PROTECTABLE.contains(member.state())) {
                    throw Errors.validation(
                            "The instance " + instanceId + " is not in InService or EnteringStandby or Standby.");
                }
                changed = changed.withMember(instanceId, still -> still.withProtection(request.protectedFromScaleIn()));
            }
            return changed;
        });
        return SetInstanceProtectionResponse.builder().build();
    }
}
