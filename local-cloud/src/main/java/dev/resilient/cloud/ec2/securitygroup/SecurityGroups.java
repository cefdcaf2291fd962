package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.cloud.ec2.request.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.request.Errors;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.Access;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The security groups of the account. Whoever opens connections on a resource's behalf asks {@link #allowsIngress}; whoever
 * attaches groups to a resource says so through {@link #usedBy}. Thread-safe.
 */
public final class SecurityGroups {
    private static final String RESOURCE_TYPE = "security-group";
    private static final String ID = "GroupId";
    private static final FilterSet<SecurityGroup> FILTERS = FilterSet.of(SecurityGroup.builder(), """
        group-id group-name description vpc-id owner-id tag-key=tags.key
        ip-permission.protocol=ip-permissions.ip-protocol
        ip-permission.from-port=ip-permissions.from-port
        ip-permission.to-port=ip-permissions.to-port
        ip-permission.cidr=ip-permissions.ip-ranges.cidr-ip
        ip-permission.ipv6-cidr=ip-permissions.ipv6-ranges.cidr-ipv6
        ip-permission.group-id=ip-permissions.user-id-group-pairs.group-id
        egress.ip-permission.cidr=ip-permissions-egress.ip-ranges.cidr-ip
        """);

    private final CloudContext cloud;
    private final Network network;
    private final Tags tags;
    private final ResourceMap<RuledGroup> groups;
    private final List<Predicate<String>> users = new CopyOnWriteArrayList<>();
    private final SecurityGroupRules rules;

    /** The groups that the store has; the default one is made if it is not there. */
    public SecurityGroups(CloudContext cloud, Network network, Tags tags) {
        this.groups = cloud.store().map("ec2.security-groups");
        this.cloud = cloud;
        this.network = network;
        this.tags = tags;
        this.rules = new SecurityGroupRules(this, cloud, tags);
        tags.register("sg-", RESOURCE_TYPE, this::get);
        if (groups.list().stream().noneMatch(RuledGroup::isDefault)) {
            RuledGroup made = make(
                    RuledGroup.DEFAULT_NAME,
                    "default VPC security group",
                    network.defaultVpc().vpcId());
            groups.create(
                    made.id(),
                    made.plus(withId(Rules.all(made.group(), false).referencedGroupInfo(peer -> peer.groupId(made.id())
                            .userId(cloud.account().id())))));
        }
    }

    /** A group that lets everything out. */
    private RuledGroup make(String name, String description, String vpcId) {
        String id = cloud.ids().resource("sg");
        SecurityGroup group = SecurityGroup.builder()
                .groupId(id)
                .groupName(name)
                .description(description)
                .vpcId(vpcId)
                .ownerId(cloud.account().id())
                .securityGroupArn(cloud.account().arn("ec2", RESOURCE_TYPE + "/" + id))
                .build();
        return new RuledGroup(group, List.of(withId(Rules.all(group, true).cidrIpv4("0.0.0.0/0"))));
    }

    private SecurityGroupRule withId(SecurityGroupRule.Builder rule) {
        return rule.securityGroupRuleId(cloud.ids().resource("sgr")).build();
    }

    /** Registers every operation on groups and their rules. */
    public void register(Registrar registrar) {
        registrar.on(CreateSecurityGroupRequest.class, registrar.any(RESOURCE_TYPE), this::create);
        Access<AwsRequest> one = registrar.resource(RESOURCE_TYPE, ID, "GroupName", this::find);
        registrar.on(DeleteSecurityGroupRequest.class, one, this::delete);
        registrar.describe(DescribeSecurityGroupsRequest.class, this::describe);
        rules.register(registrar, one);
    }

    /**
     * Whether the rules of any of these groups let a TCP connection in.
     *
     * @param groupIds the groups of the resource that is connected to; ids that do not exist allow nothing
     * @param port where it listens
     * @param source where the connection comes from
     * @param sourceGroupIds the groups of the resource it comes from; empty if it comes from none
     */
    public boolean allowsIngress(
            Collection<String> groupIds, int port, InetAddress source, Collection<String> sourceGroupIds) {
        return groupIds.stream()
                .flatMap(id -> groups.find(id).stream())
                .flatMap(group -> group.rules().stream())
                .anyMatch(rule -> Rules.allowsIngress(rule, port, source, sourceGroupIds));
    }

    /** The id of the group that resources get when they name none. */
    public String defaultGroupId() {
        return idOfName(RuledGroup.DEFAULT_NAME);
    }

    /**
     * These groups with their names.
     *
     * @throws ServiceError {@code InvalidGroup.NotFound} for the first one that does not exist
     */
    public List<GroupIdentifier> identifiers(Collection<String> groupIds) {
        return groupIds.stream()
                .map(id ->
                        Members.copy(get(id).group(), GroupIdentifier.builder()).build())
                .toList();
    }

    /** Whether there is a group with this id. */
    public boolean exists(String groupId) {
        return groups.find(groupId).isPresent();
    }

    /** Keeps groups for which {@code inUse} is true from being deleted. It is asked without any lock held. */
    public void usedBy(Predicate<String> inUse) {
        users.add(inUse);
    }

    /** The id of the group of this name in the default VPC. */
    public String idOfName(String name) {
        return find(name)
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidGroup.NotFound",
                        "The security group '" + name + "' does not exist in default VPC '"
                                + network.defaultVpc().vpcId() + "'"));
    }

    private Optional<String> find(String name) {
        return groups.list().stream()
                .filter(group -> group.group().groupName().equals(name))
                .map(RuledGroup::id)
                .findFirst();
    }

    List<RuledGroup> list() {
        return groups.list();
    }

    /** The group with this id. */
    RuledGroup get(String id) {
        Errors.refuseMalformed(id, "sg-", "InvalidGroupId.Malformed");
        return groups.find(id)
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidGroup.NotFound", "The security group '" + id + "' does not exist"));
    }

    /** The one group that a request names by id or by name. */
    RuledGroup get(@Nullable String id, @Nullable String name) {
        if (id != null) {
            return get(id);
        }
        if (name != null) {
            return get(idOfName(name));
        }
        throw ServiceError.badRequest(
                "MissingParameter", "The request must contain the parameter groupName or groupId");
    }

    /** Replaces a group by a changed one; {@code change} may throw, and then nothing has changed. */
    void update(RuledGroup group, UnaryOperator<RuledGroup> change) {
        if (groups.update(group.id(), change).isEmpty()) {
            get(group.id());
        }
    }

    /** Two creations of the same name at once must not both succeed, and the map is keyed by id. */
    private synchronized CreateSecurityGroupResponse create(CreateSecurityGroupRequest request) {
        String vpcId = Optional.ofNullable(request.vpcId())
                .orElseGet(() -> network.defaultVpc().vpcId());
        network.requireVpc(vpcId);
        checkName(request.groupName());
        checkText(request.groupName(), "GroupName");
        checkText(request.description(), "GroupDescription");
        List<Tag> wanted = Tags.requested(RESOURCE_TYPE, request.tagSpecifications());
        refuseIf(
                groups.list().stream()
                        .anyMatch(other -> other.group().groupName().equals(request.groupName())),
                "InvalidGroup.Duplicate",
                "The security group '" + request.groupName() + "' already exists for VPC '" + vpcId + "'");
        RuledGroup group = make(request.groupName(), request.description(), vpcId);
        groups.create(group.id(), group);
        tags.add(group.id(), wanted);
        return Members.copy(shown(group), CreateSecurityGroupResponse.builder()).build();
    }

    private DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request) {
        RuledGroup group = get(request.groupId(), request.groupName());
        String id = group.id();
        refuseIf(
                group.isDefault(),
                "CannotDelete",
                "the specified group: \"" + id + "\" name: \"default\" cannot be deleted by a user");
        refuseIf(
                isReferenced(id) || cloud.realism().lingers("network interface", () -> isUsed(id)),
                "DependencyViolation",
                "resource " + id + " has a dependent object");
        groups.remove(id);
        tags.remove(id);
        return DeleteSecurityGroupResponse.builder()
                .groupId(id)
                .returnValue(true)
                .build();
    }

    private DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
        request.groupIds().forEach(this::get);
        request.groupNames().forEach(this::idOfName);
        List<SecurityGroup> all = groups.list().stream().map(this::shown).toList();
        return FILTERS.answer(request, DescribeSecurityGroupsResponse.builder(), all, SecurityGroup::groupId);
    }

    private SecurityGroup shown(RuledGroup group) {
        return group.shown().toBuilder().tags(tags.of(group.id())).build();
    }

    private boolean isUsed(String id) {
        return users.stream().anyMatch(user -> user.test(id));
    }

    private boolean isReferenced(String id) {
        return groups.list().stream()
                .filter(other -> !other.id().equals(id))
                .flatMap(other -> other.rules().stream())
                .anyMatch(rule -> id.equals(Rules.groupOf(rule)));
    }

    private static void checkName(String name) {
        refuseIf(
                name.startsWith("sg-"),
                "Value (" + name + ") for parameter GroupName is invalid. Group names may not be in the format sg-*.");
        refuseIf(name.equals(RuledGroup.DEFAULT_NAME), "Cannot use reserved security group name: default");
    }

    private static void checkText(String text, String parameter) {
        String invalid = "Value (" + text + ") for parameter " + parameter + " is invalid. ";
        refuseIf(
                !text.chars().allMatch(character -> character < 128),
                invalid + "Character sets beyond ASCII are not supported.");
        refuseIf(text.isEmpty() || text.length() > 255, invalid + "It must have between 1 and 255 characters.");
    }
}
