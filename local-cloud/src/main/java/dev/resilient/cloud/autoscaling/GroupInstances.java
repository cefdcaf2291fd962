package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.GroupSettings.Capacity;
import dev.resilient.cloud.autoscaling.Member.Phase;
import dev.resilient.cloud.autoscaling.Member.Termination;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Page;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthRequest;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthResponse;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;

/** What callers do with single instances of groups: look, judge, terminate. */
final class GroupInstances {
    private final CloudContext cloud;
    private final GroupStore groups;
    private final Activities activities;

    GroupInstances(CloudContext cloud, GroupStore groups, Activities activities) {
        this.cloud = cloud;
        this.groups = groups;
        this.activities = activities;
    }

    void register(OperationRegistry operations) {
        operations.register(
                DescribeAutoScalingInstancesRequest.class, Access.anyResource(), (request, call) -> describe(request));
        operations.register(
                TerminateInstanceInAutoScalingGroupRequest.class,
                Access.resource(request -> arnOfGroupWith(request.instanceId())),
                (request, call) -> terminate(request));
        operations.register(
                SetInstanceHealthRequest.class,
                Access.resource(request -> arnOfGroupWith(request.instanceId())),
                (request, call) -> setHealth(request));
    }

    private String arnOfGroupWith(String instanceId) {
        return groups.list().stream()
                .filter(group -> group.member(instanceId).isPresent())
                .map(Group::arn)
                .findFirst()
                .orElse("*");
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

    private TerminateInstanceInAutoScalingGroupResponse terminate(TerminateInstanceInAutoScalingGroupRequest request) {
        String instanceId = request.instanceId();
        boolean decrement = request.shouldDecrementDesiredCapacity();
        Group group = groups.holding(instanceId);
        Member member = group.member(instanceId).orElseThrow();
        ScalingActivity activity = activities.termination(group, member, cause(group, instanceId, decrement));
        Termination termination = new Termination(activity.id(), Phase.SELECTED);
        groups.change(group.name(), now -> takeOut(now, instanceId, termination, decrement));
        activities.beginTermination(activity, member);
        return TerminateInstanceInAutoScalingGroupResponse.builder()
                .activity(activity.toApi())
                .build();
    }

    private String cause(Group group, String instanceId, boolean decrement) {
        Instant now = cloud.time().instant();
        int desired = group.capacity().desired();
        return decrement
                ? Causes.userRequest(now, instanceId, desired, desired - 1)
                : Causes.userRequest(now, instanceId);
    }

    private static Group takeOut(Group group, String instanceId, Termination termination, boolean decrement) {
        Member member = group.member(instanceId).orElseThrow(() -> Errors.noSuchInstance(instanceId));
        if (!member.stays()) {
            throw ServiceError.badRequest(
                    "ScalingActivityInProgress", "Instance " + instanceId + " is being terminated already");
        }
        Capacity capacity = group.capacity();
        if (decrement && capacity.desired() <= capacity.min()) {
            throw Errors.validation("Currently, desiredSize equals minSize (" + capacity.min()
                    + "). Terminating instance without replacement will violate group's min size constraint. Either set"
                    + " shouldDecrementDesiredCapacity flag to false or lower group's min size.");
        }
        Group without = group.withMember(instanceId, still -> still.withTermination(termination));
        return decrement
                ? without.withSettings(without.settings().withCapacity(capacity.withDesired(capacity.desired() - 1)))
                : without;
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
        Instant since = group.member(instanceId).map(Member::inService).orElseGet(() -> cloud.time()
                .instant());
        Instant end = since.plus(cloud.pace().of(group.settings().healthCheckGracePeriod()));
        return cloud.time().instant().isBefore(end);
    }
}
