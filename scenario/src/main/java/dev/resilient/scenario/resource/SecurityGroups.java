package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * Who may connect to whom: the allowed addresses to the load balancer, and the load balancer to the instances, each on the service
 * port and nowhere else.
 */
public final class SecurityGroups implements Resource {
    /** A deleted load balancer keeps its network interfaces, and by them its security group, for a while. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Environment environment;
    private final Ec2Client ec2;

    /** The groups of the environment's deployment. */
    public SecurityGroups(Environment environment) {
        this.environment = environment;
        this.ec2 = environment.aws().ec2();
    }

    @Override
    public String kind() {
        return "security groups";
    }

    @Override
    public String name() {
        return loadBalancerGroup() + ", " + instanceGroup();
    }

    /** The id of the load balancer's group, which must have been made. */
    String idOfLoadBalancerGroup() {
        return idOf(loadBalancerGroup());
    }

    /** The id of the instances' group, which must have been made. */
    public String idOfInstanceGroup() {
        return idOf(instanceGroup());
    }

    /** The id of the group that admits nobody, if it has been made. */
    public Optional<String> idOfIsolatingGroup() {
        return find(isolatingGroup()).map(SecurityGroup::groupId);
    }

    /** Makes the group that admits nobody, if need be, and gives its id. */
    public String ensureIsolatingGroup() {
        ensureGroup(
                isolatingGroup(),
                "Nobody to isolated instances of " + deploymentName(),
                Network.find(environment).vpcId());
        return idOf(isolatingGroup());
    }

    @Override
    public void claim() {
        String vpcId = Network.find(environment).vpcId();
        ec2
                .describeSecurityGroupsPaginator(request -> request.filters(
                        Network.filter("vpc-id", vpcId),
                        Network.filter("group-name", loadBalancerGroup(), instanceGroup())))
                .securityGroups()
                .stream()
                .forEach(group -> new Ownership(environment.deployment())
                        .require(Ec2Tags.asMap(group.tags()), "security group", group.groupName()));
    }

    @Override
    public Creation create() {
        String vpcId = Network.find(environment).vpcId();
        boolean newBalancerGroup = ensureGroup(
                loadBalancerGroup(), "Allowed addresses to the load balancer of " + deploymentName(), vpcId);
        boolean newInstanceGroup =
                ensureGroup(instanceGroup(), "Load balancer to the instances of " + deploymentName(), vpcId);
        ensureRule(
                loadBalancerGroup(),
                onServicePort()
                        .ipRanges(IpRange.builder()
                                .cidrIp(environment.deployment().allowedCidr())
                                .build())
                        .build());
        String balancerGroupId = idOfLoadBalancerGroup();
        ensureRule(
                instanceGroup(),
                onServicePort()
                        .userIdGroupPairs(UserIdGroupPair.builder()
                                .groupId(balancerGroupId)
                                .build())
                        .build());
        return newBalancerGroup || newInstanceGroup ? Creation.CREATED : Creation.FOUND;
    }

    @Override
    public boolean delete() {
        // The instances' group first: its rule names the other one.
        boolean instances = deleteGroup(instanceGroup());
        boolean balancer = deleteGroup(loadBalancerGroup());
        boolean isolating = deleteGroup(isolatingGroup());
        return instances || balancer || isolating;
    }

    @Override
    public List<String> existing() {
        List<String> existing = new ArrayList<>();
        for (String name : List.of(loadBalancerGroup(), instanceGroup(), isolatingGroup())) {
            find(name)
                    .ifPresent(group -> existing.add("security group %s (%s) with %d inbound rules"
                            .formatted(
                                    name, group.groupId(), group.ipPermissions().size())));
        }
        return existing;
    }

    private IpPermission.Builder onServicePort() {
        int port = environment.deployment().servicePort();
        return IpPermission.builder().ipProtocol("tcp").fromPort(port).toPort(port);
    }

    private boolean ensureGroup(String name, String description, String vpcId) {
        if (find(name).isPresent()) {
            return false;
        }
        try {
            ec2.createSecurityGroup(request -> request.groupName(name)
                    .description(description)
                    .vpcId(vpcId)
                    .tagSpecifications(Ec2Tags.specification(ResourceType.SECURITY_GROUP, environment, name)));
            return true;
        } catch (Ec2Exception failure) {
            if (Failures.hasCode(failure, "InvalidGroup.Duplicate")) {
                requireOurs(name, failure);
                return false;
            }
            throw failure;
        }
    }

    /** A group that is there although it was not seen may have been made a moment ago, or by somebody else. */
    private void requireOurs(String name, Ec2Exception duplicate) {
        try {
            awaitGroup(name);
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (ScenarioException unseen) {
            throw new ScenarioException(
                    "There is a security group named %s already that is not of this deployment: choose another name, or remove it."
                            .formatted(name),
                    duplicate);
        }
    }

    /** Leaves {@code rule} as the only inbound rule; an older deployment may have allowed another address. */
    private void ensureRule(String name, IpPermission rule) {
        SecurityGroup group = awaitGroup(name);
        if (!group.ipPermissions().isEmpty()) {
            ec2.revokeSecurityGroupIngress(
                    request -> request.groupId(group.groupId()).ipPermissions(group.ipPermissions()));
        }
        ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(group.groupId()).ipPermissions(rule));
    }

    private boolean deleteGroup(String name) {
        Optional<SecurityGroup> group = find(name);
        if (group.isEmpty()) {
            return false;
        }
        try {
            environment
                    .waiting()
                    .retry(
                            "nothing uses the security group " + name + " any more",
                            LIMIT,
                            failure -> Failures.hasCode(failure, "DependencyViolation"),
                            () -> ec2.deleteSecurityGroup(
                                    request -> request.groupId(group.get().groupId())));
        } catch (Ec2Exception failure) {
            if (!isUnknown(failure)) {
                throw failure;
            }
        }
        return true;
    }

    private Optional<SecurityGroup> find(String name) {
        return ec2
                .describeSecurityGroupsPaginator(request ->
                        request.filters(Network.filter("group-name", name), Ec2Tags.ours(environment.deployment())))
                .securityGroups()
                .stream()
                .findFirst();
    }

    private String idOf(String name) {
        return awaitGroup(name).groupId();
    }

    private SecurityGroup awaitGroup(String name) {
        return environment
                .waiting()
                .untilSeen("the security group " + name, Propagation.limit(environment), () -> find(name));
    }

    private static boolean isUnknown(SdkException failure) {
        return Failures.hasCode(failure, "InvalidGroup.NotFound", "InvalidGroupId.NotFound");
    }

    private String loadBalancerGroup() {
        return environment.names().loadBalancerSecurityGroup();
    }

    private String instanceGroup() {
        return environment.names().instanceSecurityGroup();
    }

    private String isolatingGroup() {
        return environment.names().isolatingSecurityGroup();
    }

    private String deploymentName() {
        return environment.deployment().name();
    }
}
