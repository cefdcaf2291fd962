package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.network.Cidr;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroupRule.Peer;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.ServiceError;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Security groups and their rules as EC2 describes them. */
final class SecurityGroupDescriptions {
    private final Account account;
    private final ResourceMap<SecurityGroup> groups;
    private final Tags tags;
    private final FilterSet<SecurityGroup> groupFilters;
    private final FilterSet<SecurityGroupRule> ruleFilters;

    SecurityGroupDescriptions(Account account, ResourceMap<SecurityGroup> groups, Tags tags) {
        this.account = account;
        this.groups = groups;
        this.tags = tags;
        this.groupFilters = new FilterSet<SecurityGroup>()
                .on("group-id", SecurityGroup::id)
                .on("group-name", SecurityGroup::name)
                .on("description", SecurityGroup::description)
                .on("vpc-id", SecurityGroup::vpcId)
                .on("owner-id", group -> account.id())
                .onEach("ip-permission.cidr", group -> blocks(group, false))
                .onEach("egress.ip-permission.cidr", group -> blocks(group, true))
                .onEach("ip-permission.from-port", group -> ports(group, SecurityGroupRule.Traffic::fromPort))
                .onEach("ip-permission.to-port", group -> ports(group, SecurityGroupRule.Traffic::toPort))
                .onEach("ip-permission.protocol", group -> group.rules().stream()
                        .filter(rule -> !rule.egress())
                        .map(rule -> rule.traffic().protocol())
                        .toList())
                .onEach("ip-permission.group-id", SecurityGroupDescriptions::peers)
                .onTags(group -> tags.of(group.id()));
        this.ruleFilters = new FilterSet<SecurityGroupRule>()
                .on("group-id", SecurityGroupRule::groupId)
                .on("security-group-rule-id", SecurityGroupRule::id)
                .onTags(rule -> tags.of(rule.id()));
    }

    DescribeSecurityGroupsResponse groups(DescribeSecurityGroupsRequest request) {
        List<SecurityGroup> wanted = groups.list().stream()
                .filter(group ->
                        request.groupIds().isEmpty() || request.groupIds().contains(group.id()))
                .filter(group ->
                        request.groupNames().isEmpty() || request.groupNames().contains(group.name()))
                .toList();
        return groupFilters.answer(
                request, DescribeSecurityGroupsResponse.builder(), wanted, SecurityGroup::id, this::render);
    }

    DescribeSecurityGroupRulesResponse rules(DescribeSecurityGroupRulesRequest request) {
        List<String> wanted = request.securityGroupRuleIds();
        wanted.forEach(this::requireRule);
        List<SecurityGroupRule> chosen = rules().filter(rule -> wanted.isEmpty() || wanted.contains(rule.id()))
                .toList();
        return ruleFilters.answer(
                request, DescribeSecurityGroupRulesResponse.builder(), chosen, SecurityGroupRule::id, this::render);
    }

    /** Refuses the id of a rule that does not exist. */
    void requireRule(String id) {
        refuseIf(
                rules().noneMatch(rule -> rule.id().equals(id)),
                () -> ServiceError.badRequest(
                        "InvalidSecurityGroupRuleId.NotFound",
                        "The security group rule ID '" + id + "' does not exist"));
    }

    private Stream<SecurityGroupRule> rules() {
        return groups.list().stream().flatMap(group -> group.rules().stream());
    }

    software.amazon.awssdk.services.ec2.model.SecurityGroupRule render(SecurityGroupRule rule) {
        var builder = software.amazon.awssdk.services.ec2.model.SecurityGroupRule.builder()
                .securityGroupRuleId(rule.id())
                .groupId(rule.groupId())
                .groupOwnerId(account.id())
                .isEgress(rule.egress())
                .ipProtocol(rule.traffic().protocol())
                .fromPort(rule.traffic().fromPort())
                .toPort(rule.traffic().toPort())
                .description(rule.description())
                .tags(tags.of(rule.id()))
                .securityGroupRuleArn(account.arn("ec2", "security-group-rule/" + rule.id()));
        switch (rule.peer()) {
            case Peer.Block(Cidr cidr) when isIpv6(cidr) -> builder.cidrIpv6(cidr.toString());
            case Peer.Block(Cidr cidr) -> builder.cidrIpv4(cidr.toString());
            case Peer.Group(String id) ->
                builder.referencedGroupInfo(ReferencedSecurityGroup.builder()
                        .groupId(id)
                        .userId(account.id())
                        .build());
        }
        return builder.build();
    }

    private software.amazon.awssdk.services.ec2.model.SecurityGroup render(SecurityGroup group) {
        return software.amazon.awssdk.services.ec2.model.SecurityGroup.builder()
                .groupId(group.id())
                .groupName(group.name())
                .description(group.description())
                .vpcId(group.vpcId())
                .ownerId(account.id())
                .securityGroupArn(account.arn("ec2", "security-group/" + group.id()))
                .ipPermissions(permissions(group, false))
                .ipPermissionsEgress(permissions(group, true))
                .tags(tags.of(group.id()))
                .build();
    }

    /** EC2 shows the rules of one direction and one kind of traffic as one permission with several peers. */
    private List<IpPermission> permissions(SecurityGroup group, boolean egress) {
        Map<SecurityGroupRule.Traffic, List<SecurityGroupRule>> byTraffic = new LinkedHashMap<>();
        group.rules().stream().filter(rule -> rule.egress() == egress).forEach(rule -> byTraffic
                .computeIfAbsent(rule.traffic(), traffic -> new ArrayList<>())
                .add(rule));
        return byTraffic.entrySet().stream()
                .map(entry -> permission(entry.getKey(), entry.getValue()))
                .toList();
    }

    private IpPermission permission(SecurityGroupRule.Traffic traffic, List<SecurityGroupRule> rules) {
        List<IpRange> ranges = new ArrayList<>();
        List<Ipv6Range> ipv6Ranges = new ArrayList<>();
        List<UserIdGroupPair> pairs = new ArrayList<>();
        for (SecurityGroupRule rule : rules) {
            switch (rule.peer()) {
                case Peer.Block(Cidr cidr)
                when isIpv6(cidr) ->
                    ipv6Ranges.add(Ipv6Range.builder()
                            .cidrIpv6(cidr.toString())
                            .description(rule.description())
                            .build());
                case Peer.Block(Cidr cidr) ->
                    ranges.add(IpRange.builder()
                            .cidrIp(cidr.toString())
                            .description(rule.description())
                            .build());
                case Peer.Group(String id) ->
                    pairs.add(UserIdGroupPair.builder()
                            .groupId(id)
                            .userId(account.id())
                            .description(rule.description())
                            .build());
            }
        }
        boolean all = traffic.equals(SecurityGroupRule.Traffic.ALL);
        return IpPermission.builder()
                .ipProtocol(traffic.protocol())
                .fromPort(all ? null : traffic.fromPort())
                .toPort(all ? null : traffic.toPort())
                .ipRanges(ranges)
                .ipv6Ranges(ipv6Ranges)
                .userIdGroupPairs(pairs)
                .prefixListIds(List.of())
                .build();
    }

    private static boolean isIpv6(Cidr cidr) {
        return cidr.network() instanceof Inet6Address;
    }

    private static List<String> blocks(SecurityGroup group, boolean egress) {
        return group.rules().stream()
                .filter(rule -> rule.egress() == egress)
                .map(SecurityGroupRule::peer)
                .flatMap(peer -> peer instanceof Peer.Block(Cidr cidr) ? Stream.of(cidr.toString()) : Stream.empty())
                .toList();
    }

    private static List<String> ports(SecurityGroup group, ToIntFunction<SecurityGroupRule.Traffic> port) {
        return group.rules().stream()
                .filter(rule -> !rule.egress())
                .map(rule -> String.valueOf(port.applyAsInt(rule.traffic())))
                .toList();
    }

    private static List<String> peers(SecurityGroup group) {
        return group.rules().stream()
                .filter(rule -> !rule.egress())
                .map(SecurityGroupRule::peerGroupId)
                .filter(Objects::nonNull)
                .toList();
    }
}
