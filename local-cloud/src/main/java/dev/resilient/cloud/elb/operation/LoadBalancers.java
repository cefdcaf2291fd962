package dev.resilient.cloud.elb.operation;

import static dev.resilient.cloud.elb.resource.Errors.CONFIGURATION;
import static dev.resilient.cloud.elb.resource.Errors.VALIDATION;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.elb.attribute.LoadBalancerAttributes;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import dev.resilient.cloud.elb.resource.Arns;
import dev.resilient.cloud.elb.resource.Errors;
import dev.resilient.cloud.elb.resource.ListenerRecord;
import dev.resilient.cloud.elb.resource.LoadBalancerRecord;
import dev.resilient.cloud.elb.resource.Names;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.Tags;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Creates, shows and deletes application load balancers. */
record LoadBalancers(
        CloudContext cloud, Stores stores, Neighbours neighbours, DataPlane dataPlane, TargetHealths healths) {
    private static final SupportedMembers CREATE = SupportedMembers.of("""
        Name Subnets SubnetMappings SecurityGroups Scheme Tags Type IpAddressType\
        """);
    private static final SupportedMembers SET_SECURITY_GROUPS = SupportedMembers.of("LoadBalancerArn SecurityGroups");
    private static final SupportedMembers SET_SUBNETS =
            SupportedMembers.of("LoadBalancerArn Subnets SubnetMappings IpAddressType");
    private static final LoadBalancer USUAL = LoadBalancer.builder()
            .scheme("internet-facing")
            .type("application")
            .ipAddressType("ipv4")
            .build();
    private static final Duration PROVISIONING = Duration.ofSeconds(20);

    void register(OperationRegistry operations) {
        operations.on(
                CreateLoadBalancerRequest.class,
                Access.named("Name", name -> new Arns(cloud).loadBalancer(name, "*")),
                this::create);
        operations.on(DescribeLoadBalancersRequest.class, this::describe);
        operations.on(SetSecurityGroupsRequest.class, Access.named("LoadBalancerArn"), this::setSecurityGroups);
        operations.on(SetSubnetsRequest.class, Access.named("LoadBalancerArn"), stores.alone(this::setSubnets));
        operations.on(DeleteLoadBalancerRequest.class, Access.named("LoadBalancerArn"), stores.alone(this::delete));
    }

    private CreateLoadBalancerResponse create(CreateLoadBalancerRequest request) {
        CREATE.check(request);
        List<Tag> tags = Tags.read(request.tags());
        LoadBalancer wanted = wanted(request);
        LoadBalancerRecord record =
                stores.alone(() -> stores.loadBalancers().created(request.name(), wanted, () -> open(wanted)));
        stores.tags().add(record.arn(), tags);
        return CreateLoadBalancerResponse.builder()
                .loadBalancers(record.shown(cloud.time().instant()))
                .build();
    }

    private LoadBalancer wanted(CreateLoadBalancerRequest request) {
        Names.check("Load balancer", request.name());
        refuseIf(
                request.name().startsWith("internal-"),
                VALIDATION,
                "Load balancer name '" + request.name() + "' cannot begin with 'internal-'");
        Errors.requireKind("load balancer type", request.typeAsString(), "application");
        Errors.requireKind("IP address type", request.ipAddressTypeAsString(), "ipv4");
        List<Subnet> subnets = subnets(request.subnets(), request.subnetMappings());
        String vpcId = subnets.getFirst().vpcId();
        return Members.copy(request, USUAL.toBuilder())
                .loadBalancerName(request.name())
                .vpcId(vpcId)
                .availabilityZones(zones(subnets))
                .securityGroups(
                        request.securityGroups().isEmpty()
                                ? List.of(neighbours.defaultSecurityGroup(vpcId))
                                : securityGroups(request.securityGroups()))
                .build();
    }

    private static List<AvailabilityZone> zones(List<Subnet> subnets) {
        return subnets.stream()
                .map(subnet -> AvailabilityZone.builder()
                        .zoneName(subnet.availabilityZone())
                        .subnetId(subnet.subnetId())
                        .loadBalancerAddresses(List.of())
                        .build())
                .toList();
    }

    private LoadBalancerRecord open(LoadBalancer wanted) {
        Quota.LOAD_BALANCERS.check(stores.loadBalancers().all().list().size() + 1);
        Instant now = cloud.time().instant();
        String subnet = wanted.availabilityZones().getFirst().subnetId();
        LoadBalancerRecord record = new LoadBalancerRecord(
                wanted.toBuilder()
                        .loadBalancerArn(new Arns(cloud).loadBalancer(wanted.loadBalancerName(), new Arns(cloud).id()))
                        .dnsName(neighbours.allocateAddress(subnet))
                        .createdTime(now)
                        .build(),
                Map.of(),
                now.plus(cloud.provisioning("load balancer", PROVISIONING)));
        dataPlane.open(record, healths::publish);
        stores.loadBalancers().all().put(record.arn(), record);
        return record;
    }

    private List<Subnet> subnets(List<String> ids, List<SubnetMapping> mappings) {
        List<Subnet> subnets = Stream.concat(ids.stream(), mappings.stream().map(SubnetMapping::subnetId))
                .map(id -> neighbours
                        .findSubnet(id)
                        .orElseThrow(() ->
                                ServiceError.badRequest("SubnetNotFound", "The subnet ID '" + id + "' does not exist")))
                .toList();
        refuseIf(
                subnets.size() < 2,
                VALIDATION,
                "At least two subnets in two different Availability Zones must be specified");
        refuseIf(
                subnets.stream().map(Subnet::availabilityZone).distinct().count() < subnets.size(),
                CONFIGURATION,
                "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
        refuseIf(
                subnets.stream().map(Subnet::vpcId).distinct().count() > 1,
                CONFIGURATION,
                "All subnets must belong to the same VPC");
        return subnets;
    }

    private List<String> securityGroups(List<String> ids) {
        for (String id : ids) {
            refuseIf(
                    !neighbours.hasSecurityGroup(id),
                    "InvalidSecurityGroup",
                    "The security group '" + id + "' does not exist");
        }
        return ids.stream().distinct().toList();
    }

    private DescribeLoadBalancersResponse describe(DescribeLoadBalancersRequest request) {
        List<LoadBalancerRecord> selected = stores.loadBalancers()
                .selected(
                        request.loadBalancerArns(),
                        request.names(),
                        name -> ServiceError.badRequest(
                                "LoadBalancerNotFound", "Load balancers '[" + name + "]' not found"));
        Instant now = cloud.time().instant();
        return Stores.PAGES.answer(
                request,
                DescribeLoadBalancersResponse.builder(),
                selected,
                LoadBalancerRecord::arn,
                record -> record.shown(now));
    }

    private SetSecurityGroupsResponse setSecurityGroups(SetSecurityGroupsRequest request) {
        SET_SECURITY_GROUPS.check(request);
        List<String> groups = securityGroups(request.securityGroups());
        stores.loadBalancers()
                .change(request.loadBalancerArn(), record -> record.with(shape -> shape.securityGroups(groups)));
        return SetSecurityGroupsResponse.builder().securityGroupIds(groups).build();
    }

    private SetSubnetsResponse setSubnets(SetSubnetsRequest request) {
        SET_SUBNETS.check(request);
        Errors.requireKind("IP address type", request.ipAddressTypeAsString(), "ipv4");
        LoadBalancerRecord before = stores.loadBalancers().get(request.loadBalancerArn());
        List<Subnet> subnets = subnets(request.subnets(), request.subnetMappings());
        String vpcId = before.shape().vpcId();
        refuseIf(
                !subnets.getFirst().vpcId().equals(vpcId),
                "InvalidSubnet",
                "The subnets must belong to the VPC '" + vpcId + "' of the load balancer");
        LoadBalancerRecord after = stores.loadBalancers()
                .change(before.arn(), record -> record.with(shape -> shape.availabilityZones(zones(subnets))));
        dataPlane.apply(after);
        stores.targetGroupsOf(after.arn(), "").forEach(dataPlane::follow);
        return Members.copy(after.shape(), SetSubnetsResponse.builder()).build();
    }

    /** A load balancer that is not there is deleted already. */
    private DeleteLoadBalancerResponse delete(DeleteLoadBalancerRequest request) {
        stores.loadBalancers().find(request.loadBalancerArn()).ifPresent(this::delete);
        return DeleteLoadBalancerResponse.builder().build();
    }

    private void delete(LoadBalancerRecord record) {
        refuseIf(
                LoadBalancerAttributes.ATTRIBUTES.of(record).isTrue("deletion_protection.enabled"),
                "OperationNotPermitted",
                "Load balancer '" + record.arn() + "' cannot be deleted because deletion protection is enabled");
        if (stores.loadBalancers().all().remove(record.arn()).isEmpty()) {
            return;
        }
        List<ListenerRecord> listeners = stores.listenersOf(record.arn());
        Set<String> targetGroups = new HashSet<>();
        listeners.forEach(listener -> targetGroups.addAll(stores.remove(listener)));
        stores.tags().forget(record.arn());
        dataPlane.close(record, listeners);
        neighbours.releaseAddress(record.address());
        targetGroups.forEach(dataPlane::follow);
    }
}
