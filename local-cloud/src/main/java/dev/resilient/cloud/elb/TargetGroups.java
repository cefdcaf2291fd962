package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.elb.TargetGroupRecord.HealthCheckRecord;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Creates, changes, shows and deletes target groups: of instances, over HTTP. */
record TargetGroups(CloudContext cloud, Stores stores, Subnets subnets, DataPlane dataPlane) {
    private static final SupportedMembers CREATE = SupportedMembers.of("""
        Name Protocol ProtocolVersion Port VpcId HealthCheckProtocol HealthCheckPort HealthCheckEnabled
        HealthCheckPath HealthCheckIntervalSeconds HealthCheckTimeoutSeconds HealthyThresholdCount
        UnhealthyThresholdCount Matcher TargetType Tags IpAddressType\
        """);

    void register(OperationRegistry operations) {
        operations.on(
                CreateTargetGroupRequest.class,
                Access.resource(request -> new Arns(cloud).any("targetgroup/" + request.name())),
                this::create);
        operations.on(ModifyTargetGroupRequest.class, Access.named("TargetGroupArn"), this::modify);
        operations.on(DescribeTargetGroupsRequest.class, this::describe);
        operations.on(DeleteTargetGroupRequest.class, Access.named("TargetGroupArn"), stores.alone(this::delete));
    }

    private CreateTargetGroupResponse create(CreateTargetGroupRequest request) {
        CREATE.check(request);
        Map<String, String> tags = Tags.read(request.tags());
        checkKind(request);
        HealthCheckRecord healthCheck = HealthCheckReader.read(request);
        TargetGroupRecord record = stores.alone(() -> stores.targetGroupNamed(request.name())
                .map(existing -> unchanged(existing, request, healthCheck))
                .orElseGet(() -> open(request, healthCheck)));
        stores.tags().add(record.arn(), tags);
        return CreateTargetGroupResponse.builder().targetGroups(view(record)).build();
    }

    private void checkKind(CreateTargetGroupRequest request) {
        Names.check("Target group", request.name());
        requireKind("protocol", request.protocolAsString(), "HTTP");
        if (request.protocol() == null) {
            throw Errors.validation("A protocol must be specified");
        }
        if (request.port() == null) {
            throw Errors.validation("A port must be specified");
        }
        requireKind("protocol version", request.protocolVersion(), "HTTP1");
        requireKind("target type", request.targetTypeAsString(), "instance");
        requireKind("IP address type", request.ipAddressTypeAsString(), "ipv4");
        if (request.vpcId() == null) {
            throw Errors.validation("A VPC ID must be specified");
        }
        refuseIf(
                !subnets.vpcExists(request.vpcId()),
                () -> Errors.validation("The VPC ID '" + request.vpcId() + "' is not found"));
    }

    private static void requireKind(String what, @Nullable String given, String supported) {
        if (given != null && !given.equals(supported)) {
            throw Errors.validation("The " + what + " '" + given + "' is not supported by this cloud");
        }
    }

    private TargetGroupRecord open(CreateTargetGroupRequest request, HealthCheckRecord healthCheck) {
        Quota.TARGET_GROUPS.check(stores.targetGroups().list().size() + 1);
        TargetGroupRecord record = new TargetGroupRecord(
                new Arns(cloud).targetGroup(request.name()),
                request.name(),
                request.port(),
                request.vpcId(),
                healthCheck,
                Map.of(),
                List.of());
        dataPlane.open(record);
        stores.targetGroups().put(record.arn(), record);
        return record;
    }

    private static TargetGroupRecord unchanged(
            TargetGroupRecord existing, CreateTargetGroupRequest request, HealthCheckRecord healthCheck) {
        refuseIf(
                existing.port() != request.port()
                        || !existing.vpcId().equals(request.vpcId())
                        || !existing.healthCheck().equals(healthCheck),
                () -> ServiceError.badRequest(
                        "DuplicateTargetGroupName",
                        "A target group with the same name '" + existing.name()
                                + "' exists, but with different settings"));
        return existing;
    }

    private ModifyTargetGroupResponse modify(ModifyTargetGroupRequest request) {
        TargetGroupRecord changed = stores.changeTargetGroup(
                request.targetGroupArn(),
                record -> record.withHealthCheck(HealthCheckReader.read(request, record.healthCheck())));
        dataPlane.apply(changed);
        return ModifyTargetGroupResponse.builder().targetGroups(view(changed)).build();
    }

    private DescribeTargetGroupsResponse describe(DescribeTargetGroupsRequest request) {
        request.targetGroupArns().forEach(stores::targetGroup);
        if (request.loadBalancerArn() != null) {
            stores.loadBalancer(request.loadBalancerArn());
        }
        refuseIf(
                !request.names().stream()
                        .allMatch(name -> stores.targetGroupNamed(name).isPresent()),
                Errors::noSuchTargetGroup);
        Set<String> used =
                request.loadBalancerArn() == null ? Set.of() : stores.targetGroupsOf(request.loadBalancerArn(), "");
        List<TargetGroupRecord> selected = stores.targetGroups().list().stream()
                .filter(group -> request.targetGroupArns().isEmpty()
                        || request.targetGroupArns().contains(group.arn()))
                .filter(group -> request.names().isEmpty() || request.names().contains(group.name()))
                .filter(group -> request.loadBalancerArn() == null || used.contains(group.arn()))
                .toList();
        return Elb.PAGES.answer(
                request, DescribeTargetGroupsResponse.builder(), selected, TargetGroupRecord::arn, this::view);
    }

    private TargetGroup view(TargetGroupRecord record) {
        return Views.of(record, stores.loadBalancerOf(record.arn()));
    }

    /** A target group that is not there is deleted already. */
    private DeleteTargetGroupResponse delete(DeleteTargetGroupRequest request) {
        String arn = request.targetGroupArn();
        refuseIf(
                cloud.realism().lingers("target group", () -> stores.loadBalancerOf(arn)
                        .isPresent()),
                () -> ServiceError.badRequest(
                        "ResourceInUse", "Target group '" + arn + "' is currently in use by a listener or a rule"));
        stores.targetGroups().remove(arn).ifPresent(dataPlane::close);
        stores.tags().forget(arn);
        return DeleteTargetGroupResponse.builder().build();
    }
}
