package dev.resilient.cloud.elb.operation;

import static dev.resilient.cloud.elb.resource.Errors.TARGET;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.TargetGroupRecord;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AnomalyDetection;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Registers and deregisters instances, and shows how they are. */
public record Targets(Stores stores, Neighbours neighbours, DataPlane dataPlane, TargetHealths healths) {
    private static final SupportedMembers DESCRIBE = SupportedMembers.of("TargetGroupArn Targets Include");

    void register(OperationRegistry operations) {
        operations.act(RegisterTargetsRequest.class, Access.named("TargetGroupArn"), this::register);
        operations.act(DeregisterTargetsRequest.class, Access.named("TargetGroupArn"), this::deregister);
        operations.on(DescribeTargetHealthRequest.class, this::describe);
    }

    /** Registers an instance on the group's own port; does nothing if it is registered already or the group is gone. */
    public void add(String targetGroupArn, String instanceId) {
        TargetDescription added = TargetDescription.builder().id(instanceId).build();
        find(targetGroupArn).ifPresent(group -> add(group, List.of(group.target(added))));
    }

    /** Begins to deregister an instance, on whatever port; does nothing if it is not registered or the group is gone. */
    public void remove(String targetGroupArn, String instanceId) {
        TargetDescription removed = TargetDescription.builder().id(instanceId).build();
        find(targetGroupArn).ifPresent(group -> remove(group, group.registered(List.of(removed))));
    }

    private Optional<TargetGroupRecord> find(String targetGroupArn) {
        return stores.targetGroups().all().find(targetGroupArn);
    }

    /** Adds targets to a group; those that are registered already stay as they are. */
    private void add(TargetGroupRecord group, List<TargetDescription> added) {
        added.forEach(target -> checkRunning(group, target.id()));
        stores.alone(() -> {
            checkNumbers(group, added);
            return stores.targetGroups().change(group.arn(), now -> now.with(added));
        });
        dataPlane.follow(group.arn());
    }

    /** Takes targets out of a group; those that are not registered are ignored. */
    private void remove(TargetGroupRecord group, List<TargetDescription> removed) {
        stores.targetGroups().all().update(group.arn(), now -> now.without(removed));
        dataPlane.follow(group.arn());
    }

    private void register(RegisterTargetsRequest request) {
        TargetGroupRecord group = stores.targetGroups().get(request.targetGroupArn());
        add(group, request.targets().stream().map(group::target).toList());
    }

    private void checkNumbers(TargetGroupRecord group, List<TargetDescription> added) {
        List<TargetDescription> after =
                stores.targetGroups().get(group.arn()).with(added).targets();
        Quota.TARGETS_OF_GROUP.check(after.size());
        after.stream()
                .collect(Collectors.groupingBy(TargetDescription::id, Collectors.counting()))
                .values()
                .forEach(Quota.REGISTRATIONS_OF_TARGET::check);
        stores.loadBalancerOf(group.arn())
                .ifPresent(user -> Quota.TARGETS_OF_LOAD_BALANCER.check(stores.targetGroupsOf(user.arn(), "").stream()
                        .mapToLong(other -> other.equals(group.arn())
                                ? after.size()
                                : stores.targetGroups().get(other).targets().size())
                        .sum()));
    }

    private void checkRunning(TargetGroupRecord group, String instanceId) {
        Instance instance = instance(instanceId);
        String vpcId = group.shape().vpcId();
        refuseIf(
                instance.state().name() != InstanceStateName.RUNNING,
                TARGET,
                "The following targets are not in a running state and cannot be registered: '" + instanceId + "'");
        refuseIf(
                !instance.vpcId().equals(vpcId),
                TARGET,
                "The following targets are not in the target group VPC '" + vpcId + "': '" + instanceId + "'");
    }

    private Instance instance(String id) {
        return neighbours
                .findInstance(id)
                .orElseThrow(() -> ServiceError.badRequest(TARGET, "The instance ID '" + id + "' does not exist"));
    }

    private void deregister(DeregisterTargetsRequest request) {
        TargetGroupRecord group = stores.targetGroups().get(request.targetGroupArn());
        remove(group, group.registered(request.targets()));
    }

    private DescribeTargetHealthResponse describe(DescribeTargetHealthRequest request) {
        DESCRIBE.check(request);
        TargetGroupRecord group = stores.targetGroups().get(request.targetGroupArn());
        List<TargetHealthDescription> all = request.targets().isEmpty()
                ? healths.of(group)
                : request.targets().stream().map(target -> one(group, target)).toList();
        boolean compared = request.includeAsStrings().stream().anyMatch(Set.of("AnomalyDetection", "All")::contains);
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(
                        compared ? all : all.stream().map(Targets::uncompared).toList())
                .build();
    }

    private static TargetHealthDescription uncompared(TargetHealthDescription compared) {
        return compared.toBuilder().anomalyDetection((AnomalyDetection) null).build();
    }

    private TargetHealthDescription one(TargetGroupRecord group, TargetDescription target) {
        instance(target.id());
        return healths.of(group, group.target(target));
    }
}
