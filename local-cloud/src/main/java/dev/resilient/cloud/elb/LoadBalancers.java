package dev.resilient.cloud.elb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.elb.Subnets.Subnet;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;

/** Creates, shows and deletes application load balancers. */
record LoadBalancers(
        CloudContext cloud, Stores stores, Neighbours neighbours, DataPlane dataPlane, TargetHealths healths) {
    private static final SupportedMembers CREATE = SupportedMembers.of("""
        Name Subnets SubnetMappings SecurityGroups Scheme Tags Type IpAddressType\
        """);
    private static final SupportedMembers SET_SECURITY_GROUPS = SupportedMembers.of("LoadBalancerArn SecurityGroups");
    private static final SupportedMembers SET_SUBNETS =
            SupportedMembers.of("LoadBalancerArn Subnets SubnetMappings IpAddressType");
    private static final Duration PROVISIONING = Duration.ofSeconds(20);

    void register(OperationRegistry operations) {
        operations.on(
                CreateLoadBalancerRequest.class,
                Access.resource(request -> new Arns(cloud).any("loadbalancer/app/" + request.name())),
                this::create);
        operations.on(DescribeLoadBalancersRequest.class, this::describe);
        operations.on(SetSecurityGroupsRequest.class, Access.named("LoadBalancerArn"), this::setSecurityGroups);
        operations.on(SetSubnetsRequest.class, Access.named("LoadBalancerArn"), stores.alone(this::setSubnets));
        operations.on(DeleteLoadBalancerRequest.class, Access.named("LoadBalancerArn"), stores.alone(this::delete));
    }

    private CreateLoadBalancerResponse create(CreateLoadBalancerRequest request) {
        CREATE.check(request);
        Map<String, String> tags = Tags.read(request.tags());
        checkKind(request);
        List<Subnet> subnets = subnets(request.subnets(), request.subnetMappings());
        List<String> groups = request.securityGroups().isEmpty()
                ? List.of(neighbours.security().defaultGroup(subnets.getFirst().vpcId()))
                : securityGroups(request.securityGroups());
        String scheme = request.scheme() == null ? "internet-facing" : request.schemeAsString();
        LoadBalancerRecord record = stores.alone(() -> stores.loadBalancerNamed(request.name())
                .map(existing -> unchanged(existing, scheme, subnets, groups))
                .orElseGet(() -> open(request.name(), scheme, subnets, groups)));
        stores.tags().add(record.arn(), tags);
        return CreateLoadBalancerResponse.builder()
                .loadBalancers(Views.of(record, cloud.time().instant()))
                .build();
    }

    private static void checkKind(CreateLoadBalancerRequest request) {
        Names.check("Load balancer", request.name());
        refuseIf(
                request.name().startsWith("internal-"),
                () -> Errors.validation("Load balancer name '" + request.name() + "' cannot begin with 'internal-'"));
        if (request.type() != null && !request.typeAsString().equals("application")) {
            throw Errors.validation(
                    "The load balancer type '" + request.typeAsString() + "' is not supported by this cloud");
        }
        checkIpAddressType(request.ipAddressTypeAsString());
    }

    private static void checkIpAddressType(@Nullable String type) {
        if (type != null && !type.equals(Views.IPV4)) {
            throw Errors.validation("The IP address type '" + type + "' is not supported by this cloud");
        }
    }

    private LoadBalancerRecord open(String name, String scheme, List<Subnet> subnets, List<String> groups) {
        Quota.LOAD_BALANCERS.check(stores.loadBalancers().list().size() + 1);
        Instant now = cloud.time().instant();
        LoadBalancerRecord record = new LoadBalancerRecord(
                new Arns(cloud).loadBalancer(name),
                name,
                scheme,
                subnets,
                groups,
                neighbours.subnets().allocateAddress(subnets.getFirst().id()),
                now,
                now.plus(cloud.provisioning("load balancer", PROVISIONING)),
                Map.of());
        dataPlane.open(record, healths::publish);
        stores.loadBalancers().put(record.arn(), record);
        return record;
    }

    private static LoadBalancerRecord unchanged(
            LoadBalancerRecord existing, String scheme, List<Subnet> subnets, List<String> groups) {
        refuseIf(
                !existing.scheme().equals(scheme)
                        || !existing.subnets().equals(subnets)
                        || !existing.securityGroups().equals(groups),
                () -> ServiceError.badRequest(
                        "DuplicateLoadBalancerName",
                        "A load balancer with the same name '" + existing.name()
                                + "' exists, but with different settings"));
        return existing;
    }

    private List<Subnet> subnets(List<String> ids, List<SubnetMapping> mappings) {
        List<Subnet> subnets = Stream.concat(ids.stream(), mappings.stream().map(SubnetMapping::subnetId))
                .map(id -> neighbours
                        .subnets()
                        .findSubnet(id)
                        .orElseThrow(() ->
                                ServiceError.badRequest("SubnetNotFound", "The subnet ID '" + id + "' does not exist")))
                .toList();
        refuseIf(
                subnets.size() < 2,
                () -> Errors.validation("At least two subnets in two different Availability Zones must be specified"));
        refuseIf(
                subnets.stream().map(Subnet::zone).distinct().count() < subnets.size(),
                () -> Errors.invalidConfiguration(
                        "A load balancer cannot be attached to multiple subnets in the same Availability Zone"));
        refuseIf(
                subnets.stream().map(Subnet::vpcId).distinct().count() > 1,
                () -> Errors.invalidConfiguration("All subnets must belong to the same VPC"));
        return subnets;
    }

    private List<String> securityGroups(List<String> ids) {
        for (String id : ids) {
            refuseIf(
                    !neighbours.security().exists(id),
                    () -> ServiceError.badRequest(
                            "InvalidSecurityGroup", "The security group '" + id + "' does not exist"));
        }
        return ids.stream().distinct().toList();
    }

    private DescribeLoadBalancersResponse describe(DescribeLoadBalancersRequest request) {
        request.loadBalancerArns().forEach(stores::loadBalancer);
        for (String name : request.names()) {
            refuseIf(
                    stores.loadBalancerNamed(name).isEmpty(),
                    () -> ServiceError.badRequest("LoadBalancerNotFound", "Load balancers '[" + name + "]' not found"));
        }
        List<LoadBalancerRecord> selected = stores.loadBalancers().list().stream()
                .filter(record -> request.loadBalancerArns().isEmpty()
                        || request.loadBalancerArns().contains(record.arn()))
                .filter(record -> request.names().isEmpty() || request.names().contains(record.name()))
                .toList();
        Page<LoadBalancerRecord> page =
                Elb.PAGES.page(selected, LoadBalancerRecord::arn, request.marker(), request.pageSize());
        Instant now = cloud.time().instant();
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(page.items().stream()
                        .map(record -> Views.of(record, now))
                        .toList())
                .nextMarker(page.next())
                .build();
    }

    private SetSecurityGroupsResponse setSecurityGroups(SetSecurityGroupsRequest request) {
        SET_SECURITY_GROUPS.check(request);
        List<String> groups = securityGroups(request.securityGroups());
        stores.changeLoadBalancer(request.loadBalancerArn(), record -> record.withSecurityGroups(groups));
        return SetSecurityGroupsResponse.builder().securityGroupIds(groups).build();
    }

    private SetSubnetsResponse setSubnets(SetSubnetsRequest request) {
        SET_SUBNETS.check(request);
        checkIpAddressType(request.ipAddressTypeAsString());
        LoadBalancerRecord before = stores.loadBalancer(request.loadBalancerArn());
        List<Subnet> subnets = subnets(request.subnets(), request.subnetMappings());
        refuseIf(
                !subnets.getFirst().vpcId().equals(before.vpcId()),
                () -> ServiceError.badRequest(
                        "InvalidSubnet",
                        "The subnets must belong to the VPC '" + before.vpcId() + "' of the load balancer"));
        LoadBalancerRecord after = stores.changeLoadBalancer(before.arn(), record -> record.withSubnets(subnets));
        dataPlane.apply(after);
        stores.targetGroupsOf(after.arn(), "").forEach(dataPlane::follow);
        return SetSubnetsResponse.builder()
                .availabilityZones(Views.zones(after))
                .ipAddressType(Views.IPV4)
                .build();
    }

    /** A load balancer that is not there is deleted already. */
    private DeleteLoadBalancerResponse delete(DeleteLoadBalancerRequest request) {
        stores.loadBalancers().find(request.loadBalancerArn()).ifPresent(this::delete);
        return DeleteLoadBalancerResponse.builder().build();
    }

    private void delete(LoadBalancerRecord record) {
        refuseIf(
                Attributes.OF_LOAD_BALANCERS
                        .value(record.attributes(), Attributes.DELETION_PROTECTION)
                        .equals("true"),
                () -> ServiceError.badRequest(
                        "OperationNotPermitted",
                        "Load balancer '" + record.arn()
                                + "' cannot be deleted because deletion protection is enabled"));
        if (stores.loadBalancers().remove(record.arn()).isEmpty()) {
            return;
        }
        List<ListenerRecord> listeners = stores.listenersOf(record.arn());
        Set<String> targetGroups = new HashSet<>();
        listeners.forEach(listener -> targetGroups.addAll(stores.remove(listener)));
        stores.tags().forget(record.arn());
        dataPlane.close(record, listeners);
        neighbours.subnets().releaseAddress(record.address());
        targetGroups.forEach(dataPlane::follow);
    }
}
