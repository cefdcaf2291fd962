package dev.resilient.cloud.elb.operation;

import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.elb.attribute.HealthChecks;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import dev.resilient.cloud.elb.resource.Arns;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.LoadBalancerRecord;
import dev.resilient.cloud.elb.resource.Names;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.Tags;
import dev.resilient.cloud.elb.resource.TargetGroupRecord;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Creates, changes, shows and deletes target groups: of instances, over HTTP. */
public record TargetGroups(CloudContext cloud, Stores stores, Neighbours neighbours, DataPlane dataPlane) {
    private static final SupportedMembers CREATE = SupportedMembers.of("""
        Name Protocol ProtocolVersion Port VpcId HealthCheckProtocol HealthCheckPort HealthCheckEnabled
        HealthCheckPath HealthCheckIntervalSeconds HealthCheckTimeoutSeconds HealthyThresholdCount
        UnhealthyThresholdCount Matcher TargetType Tags IpAddressType\
        """);

    /** What a target group is like where nothing else is asked for. */
    public static final TargetGroup USUAL = TargetGroup.builder()
            .protocolVersion("HTTP1")
            .healthCheckProtocol("HTTP")
            .healthCheckPort(HealthChecks.TRAFFIC_PORT)
            .healthCheckEnabled(true)
            .healthCheckIntervalSeconds(30)
            .healthCheckTimeoutSeconds(5)
            .healthyThresholdCount(5)
            .unhealthyThresholdCount(2)
            .healthCheckPath("/")
            .matcher(matcher -> matcher.httpCode("200"))
            .targetType("instance")
            .ipAddressType("ipv4")
            .build();

    void register(OperationRegistry operations) {
        operations.on(
                CreateTargetGroupRequest.class,
                Access.named("Name", name -> new Arns(cloud).targetGroup(name, "*")),
                this::create);
        operations.on(ModifyTargetGroupRequest.class, Access.named("TargetGroupArn"), this::modify);
        operations.on(DescribeTargetGroupsRequest.class, this::describe);
        operations.on(DeleteTargetGroupRequest.class, Access.named("TargetGroupArn"), stores.alone(this::delete));
    }

    private CreateTargetGroupResponse create(CreateTargetGroupRequest request) {
        CREATE.check(request);
        List<Tag> tags = Tags.read(request.tags());
        TargetGroup wanted = wanted(request);
        TargetGroupRecord record =
                stores.alone(() -> stores.targetGroups().created(request.name(), wanted, () -> open(wanted)));
        stores.tags().add(record.arn(), tags);
        return CreateTargetGroupResponse.builder().targetGroups(shown(record)).build();
    }

    private TargetGroup wanted(CreateTargetGroupRequest request) {
        Names.check("Target group", request.name());
        Errors.requireKind("protocol", request.protocolAsString(), "HTTP");
        refuseIf(request.protocol() == null, VALIDATION, "A protocol must be specified");
        refuseIf(request.port() == null, VALIDATION, "A port must be specified");
        Errors.requireKind("protocol version", request.protocolVersion(), "HTTP1");
        Errors.requireKind("target type", request.targetTypeAsString(), "instance");
        Errors.requireKind("IP address type", request.ipAddressTypeAsString(), "ipv4");
        refuseIf(request.vpcId() == null, VALIDATION, "A VPC ID must be specified");
        refuseIf(!neighbours.hasVpc(request.vpcId()), VALIDATION, "The VPC ID '" + request.vpcId() + "' is not found");
        TargetGroup wanted = Members.copy(request, USUAL.toBuilder())
                .targetGroupName(request.name())
                .build();
        HealthChecks.check(wanted);
        return wanted;
    }

    private TargetGroupRecord open(TargetGroup wanted) {
        Quota.TARGET_GROUPS.check(stores.targetGroups().all().list().size() + 1);
        String arn = new Arns(cloud).targetGroup(wanted.targetGroupName(), new Arns(cloud).id());
        TargetGroupRecord record =
                new TargetGroupRecord(wanted.copy(group -> group.targetGroupArn(arn)), Map.of(), List.of());
        dataPlane.open(record);
        stores.targetGroups().all().put(record.arn(), record);
        return record;
    }

    private ModifyTargetGroupResponse modify(ModifyTargetGroupRequest request) {
        TargetGroupRecord changed = stores.targetGroups().change(request.targetGroupArn(), record -> {
            TargetGroup next = Members.copy(request, record.shape().toBuilder()).build();
            HealthChecks.check(next);
            return record.withShape(next);
        });
        dataPlane.follow(changed.arn());
        return ModifyTargetGroupResponse.builder().targetGroups(shown(changed)).build();
    }

    private DescribeTargetGroupsResponse describe(DescribeTargetGroupsRequest request) {
        List<TargetGroupRecord> named = stores.targetGroups()
                .selected(request.targetGroupArns(), request.names(), _ -> stores.targetGroups()
                        .missing());
        String user = request.loadBalancerArn();
        Set<String> used = user == null
                ? Set.of()
                : stores.targetGroupsOf(stores.loadBalancers().get(user).arn(), "");
        List<TargetGroupRecord> selected = named.stream()
                .filter(group -> user == null || used.contains(group.arn()))
                .toList();
        return Stores.PAGES.answer(
                request, DescribeTargetGroupsResponse.builder(), selected, TargetGroupRecord::arn, this::shown);
    }

    private TargetGroup shown(TargetGroupRecord record) {
        List<String> users = stores.loadBalancerOf(record.arn()).stream()
                .map(LoadBalancerRecord::arn)
                .toList();
        return record.shape().copy(shown -> shown.loadBalancerArns(users));
    }

    /** A target group that is not there is deleted already. */
    private DeleteTargetGroupResponse delete(DeleteTargetGroupRequest request) {
        String arn = stores.targetGroups().arns().checked(request.targetGroupArn());
        refuseIf(
                cloud.realism().lingers("target group", () -> stores.loadBalancerOf(arn)
                        .isPresent()),
                "ResourceInUse",
                "Target group '" + arn + "' is currently in use by a listener or a rule");
        stores.targetGroups().all().remove(arn).ifPresent(dataPlane::close);
        stores.tags().forget(arn);
        return DeleteTargetGroupResponse.builder().build();
    }
}
