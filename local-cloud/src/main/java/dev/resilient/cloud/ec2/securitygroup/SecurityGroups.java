package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Realism;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.ServiceError;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The security groups of the account. Whoever opens connections on a resource's behalf asks {@link #allowsIngress}; whoever
 * attaches groups to a resource says so through {@link #usedBy}. Thread-safe.
 */
public final class SecurityGroups {
    private static final String RESOURCE_TYPE = "security-group";
    private static final String ID = "GroupId";

    private final Account account;
    private final Ids ids;
    private final Realism realism;
    private final Network network;
    private final Tags tags;
    private final ResourceMap<SecurityGroup> groups;
    private final List<Predicate<String>> users = new CopyOnWriteArrayList<>();
    private final SecurityGroupDescriptions descriptions;

    /** The groups that the store has; the default one is made if it is not there. */
    public SecurityGroups(CloudContext cloud, Network network, Tags tags) {
        this.groups = cloud.store().map("ec2.security-groups");
        this.account = cloud.account();
        this.ids = cloud.ids();
        this.realism = cloud.realism();
        this.network = network;
        this.tags = tags;
        this.descriptions = new SecurityGroupDescriptions(account, groups, tags);
        tags.register("sg-", RESOURCE_TYPE, id -> requireExisting(List.of(id)));
        if (groups.list().stream().noneMatch(SecurityGroup::isDefault)) {
            createDefault(network.defaultVpc().vpcId());
        }
    }

    private void createDefault(String vpcId) {
        String id = ids.resource("sg");
        SecurityGroup defaultGroup =
                new SecurityGroup(id, SecurityGroup.DEFAULT_NAME, "default VPC security group", vpcId, List.of());
        groups.create(
                id,
                defaultGroup
                        .plus(SecurityGroupRule.allFromGroup(ids.resource("sgr"), id))
                        .plus(SecurityGroupRule.allOutbound(ids.resource("sgr"), id)));
    }

    /** Registers every operation on groups and their rules. */
    public void register(Registrar registrar) {
        SecurityGroupRules rules = new SecurityGroupRules(this, ids, tags);
        registrar.on(CreateSecurityGroupRequest.class, registrar.any(RESOURCE_TYPE), this::create);
        registrar.on(RESOURCE_TYPE, ID, DeleteSecurityGroupRequest.class, this::delete);
        registrar.describe(DescribeSecurityGroupsRequest.class, this::describe);
        registrar.describe(DescribeSecurityGroupRulesRequest.class, descriptions::rules);
        registrar.on(RESOURCE_TYPE, ID, AuthorizeSecurityGroupIngressRequest.class, rules::authorizeIngress);
        registrar.on(RESOURCE_TYPE, ID, AuthorizeSecurityGroupEgressRequest.class, rules::authorizeEgress);
        registrar.on(RESOURCE_TYPE, ID, RevokeSecurityGroupIngressRequest.class, rules::revokeIngress);
        registrar.on(RESOURCE_TYPE, ID, RevokeSecurityGroupEgressRequest.class, rules::revokeEgress);
        registrar.on(RESOURCE_TYPE, ID, ModifySecurityGroupRulesRequest.class, rules::modify);
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
                .anyMatch(rule -> rule.allowsIngress(port, source, sourceGroupIds));
    }

    /** The id of the group that resources of a VPC get when they name none. */
    public String defaultGroupId(String vpcId) {
        return groups.list().stream()
                .filter(group -> group.isDefault() && group.vpcId().equals(vpcId))
                .map(SecurityGroup::id)
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest("VPCIdNotSpecified", "No default VPC for this user"));
    }

    /**
     * Does nothing if every group exists.
     *
     * @throws ServiceError {@code InvalidGroup.NotFound} for the first one that does not
     */
    public void requireExisting(Collection<String> groupIds) {
        groupIds.forEach(this::get);
    }

    /** Keeps groups for which {@code inUse} is true from being deleted. It is asked without any lock held. */
    public void usedBy(Predicate<String> inUse) {
        users.add(inUse);
    }

    /** What a group is called; empty if there is no such group. */
    public Optional<String> nameOf(String id) {
        return groups.find(id).map(SecurityGroup::name);
    }

    /** The group with this id. */
    SecurityGroup get(String id) {
        return groups.find(id)
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidGroup.NotFound", "The security group '" + id + "' does not exist"));
    }

    /** The id of the group of this name in the default VPC. */
    public String idOfName(String name) {
        return groups.list().stream()
                .filter(group -> group.name().equals(name))
                .map(SecurityGroup::id)
                .findFirst()
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvalidGroup.NotFound",
                        "The security group '" + name + "' does not exist in default VPC '"
                                + network.defaultVpc().vpcId() + "'"));
    }

    /** The one group that a request names by id or by name. */
    SecurityGroup get(@Nullable String id, @Nullable String name) {
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
    SecurityGroup update(String id, UnaryOperator<SecurityGroup> change) {
        return groups.update(id, change).orElseGet(() -> get(id));
    }

    CreateSecurityGroupResponse create(CreateSecurityGroupRequest request) {
        String vpcId = Optional.ofNullable(request.vpcId())
                .orElseGet(() -> network.defaultVpc().vpcId());
        network.requireVpc(vpcId);
        checkName(request.groupName());
        List<Tag> wanted = Tags.requested(RESOURCE_TYPE, request.tagSpecifications());
        String id = ids.resource("sg");
        SecurityGroup group = new SecurityGroup(id, request.groupName(), request.description(), vpcId, List.of())
                .plus(SecurityGroupRule.allOutbound(ids.resource("sgr"), id));
        createUnique(group);
        tags.add(id, wanted);
        return CreateSecurityGroupResponse.builder()
                .groupId(id)
                .securityGroupArn(account.arn("ec2", "security-group/" + id))
                .tags(tags.of(id))
                .build();
    }

    DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request) {
        SecurityGroup group = get(request.groupId(), request.groupName());
        refuseIf(
                group.isDefault(),
                () -> ServiceError.badRequest(
                        "CannotDelete",
                        "the specified group: \"" + group.id() + "\" name: \"default\" cannot be deleted by a user"));
        refuseIf(
                isReferenced(group.id()) || realism.lingers("network interface", () -> isUsed(group.id())),
                () -> ServiceError.badRequest(
                        "DependencyViolation", "resource " + group.id() + " has a dependent object"));
        groups.remove(group.id());
        tags.remove(group.id());
        return DeleteSecurityGroupResponse.builder()
                .groupId(group.id())
                .returnValue(true)
                .build();
    }

    DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
        request.groupIds().forEach(this::get);
        request.groupNames().forEach(this::idOfName);
        return descriptions.groups(request);
    }

    SecurityGroupDescriptions descriptions() {
        return descriptions;
    }

    private boolean isUsed(String id) {
        return users.stream().anyMatch(user -> user.test(id));
    }

    private boolean isReferenced(String id) {
        return groups.list().stream()
                .filter(other -> !other.id().equals(id))
                .flatMap(other -> other.rules().stream())
                .anyMatch(rule -> Objects.equals(rule.peerGroupId(), id));
    }

    /** Two creations of the same name at once must not both succeed, and the map is keyed by id. */
    private synchronized void createUnique(SecurityGroup group) {
        boolean taken = groups.list().stream()
                .anyMatch(other ->
                        other.vpcId().equals(group.vpcId()) && other.name().equals(group.name()));
        refuseIf(
                taken,
                () -> ServiceError.badRequest(
                        "InvalidGroup.Duplicate",
                        "The security group '" + group.name() + "' already exists for VPC '" + group.vpcId() + "'"));
        groups.create(group.id(), group);
    }

    private static void checkName(String name) {
        refuseIf(
                name.startsWith("sg-"),
                () -> ServiceError.badRequest(
                        "InvalidParameterValue",
                        "Value (" + name
                                + ") for parameter GroupName is invalid. Group names may not be in the format sg-*."));
        refuseIf(
                name.equals(SecurityGroup.DEFAULT_NAME),
                () -> ServiceError.badRequest(
                        "InvalidParameterValue", "Cannot use reserved security group name: default"));
        refuseIf(
                name.isEmpty() || name.length() > 255,
                () -> ServiceError.badRequest(
                        "InvalidParameterValue",
                        "Value (" + name
                                + ") for parameter GroupName is invalid. Character sets beyond ASCII or more than 255"
                                + " characters are not supported."));
    }
}
