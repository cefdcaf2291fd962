package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Members;
import dev.resilient.cloud.ec2.network.Cidr;
import dev.resilient.wire.ServiceError;
import java.net.Inet6Address;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Reads the rules that requests name: each is one kind of traffic and one peer. They have no ids yet. */
record RuleReader(SecurityGroups groups) {
    private static final int LAST_PORT = 65535;

    /** The rules that a request to authorize or revoke names, in its list of permissions or in its own members. */
    List<SecurityGroupRule> read(AuthorizeSecurityGroupIngressRequest request, SecurityGroup group, boolean egress) {
        List<IpPermission> permissions =
                request.ipPermissions().isEmpty() ? List.of(permission(request)) : request.ipPermissions();
        List<SecurityGroupRule> rules = permissions.stream()
                .flatMap(
                        permission -> rules(permission, Rules.all(group, egress).build()))
                .toList();
        refuseIf(
                rules.isEmpty(),
                "MissingParameter",
                "The request must contain the parameter cidrIp, ipPermissions or a source group");
        return rules;
    }

    /** The one rule that replaces another, with its id and its direction. */
    SecurityGroupRule read(SecurityGroupRuleRequest wanted, SecurityGroupRule old) {
        IpPermission.Builder permission = Members.copy(wanted, IpPermission.builder());
        if (wanted.cidrIpv4() != null) {
            permission.ipRanges(IpRange.builder().cidrIp(wanted.cidrIpv4()).build());
        }
        if (wanted.cidrIpv6() != null) {
            permission.ipv6Ranges(
                    Ipv6Range.builder().cidrIpv6(wanted.cidrIpv6()).build());
        }
        if (wanted.referencedGroupId() != null) {
            permission.userIdGroupPairs(UserIdGroupPair.builder()
                    .groupId(wanted.referencedGroupId())
                    .build());
        }
        if (wanted.prefixListId() != null) {
            permission.prefixListIds(
                    PrefixListId.builder().prefixListId(wanted.prefixListId()).build());
        }
        SecurityGroupRule bare = old.toBuilder()
                .cidrIpv4(null)
                .cidrIpv6(null)
                .referencedGroupInfo((ReferencedSecurityGroup) null)
                .build();
        List<SecurityGroupRule> rules = rules(permission.build(), bare).toList();
        refuseIf(
                rules.size() != 1,
                "InvalidParameterValue",
                "A security group rule must name exactly one source or destination.");
        return rules.getFirst().toBuilder().description(wanted.description()).build();
    }

    private static IpPermission permission(AuthorizeSecurityGroupIngressRequest request) {
        IpPermission.Builder permission = Members.copy(request, IpPermission.builder());
        if (request.cidrIp() != null) {
            permission.ipRanges(IpRange.builder().cidrIp(request.cidrIp()).build());
        }
        if (request.sourceSecurityGroupName() != null) {
            permission.userIdGroupPairs(UserIdGroupPair.builder()
                    .groupName(request.sourceSecurityGroupName())
                    .build());
        }
        return permission.build();
    }

    /** The rules that a permission comes to, each like {@code bare} but for its traffic, peer and description. */
    private Stream<SecurityGroupRule> rules(IpPermission permission, SecurityGroupRule bare) {
        permission.prefixListIds().forEach(list -> {
            throw ServiceError.badRequest(
                    "InvalidPrefixListID.NotFound", "The prefix list ID '" + list.prefixListId() + "' does not exist");
        });
        SecurityGroupRule rule = withTraffic(bare, permission);
        Stream<SecurityGroupRule.Builder> blocks = permission.ipRanges().stream()
                .map(range -> withBlock(rule, range.cidrIp()).description(range.description()));
        Stream<SecurityGroupRule.Builder> ipv6Blocks = permission.ipv6Ranges().stream()
                .map(range -> withBlock(rule, range.cidrIpv6()).description(range.description()));
        Stream<SecurityGroupRule.Builder> peers = permission.userIdGroupPairs().stream()
                .map(pair -> withGroup(rule, pair).description(pair.description()));
        return Stream.of(blocks, ipv6Blocks, peers).flatMap(each -> each).map(SecurityGroupRule.Builder::build);
    }

    private static SecurityGroupRule.Builder withBlock(SecurityGroupRule rule, @Nullable String block) {
        Cidr cidr = Cidr.parse(Objects.requireNonNullElse(block, ""));
        return cidr.network() instanceof Inet6Address
                ? rule.toBuilder().cidrIpv6(cidr.toString())
                : rule.toBuilder().cidrIpv4(cidr.toString());
    }

    private SecurityGroupRule.Builder withGroup(SecurityGroupRule rule, UserIdGroupPair pair) {
        String id = groups.get(pair.groupId(), pair.groupName()).id();
        return rule.toBuilder().referencedGroupInfo(peer -> peer.groupId(id).userId(rule.groupOwnerId()));
    }

    private static SecurityGroupRule withTraffic(SecurityGroupRule rule, IpPermission permission) {
        String protocol =
                switch (Optional.ofNullable(permission.ipProtocol()).orElse("").toLowerCase(Locale.ROOT)) {
                    case "-1", "all" -> Rules.ALL;
                    case "6", "tcp" -> "tcp";
                    case "17", "udp" -> "udp";
                    case "1", "icmp" -> "icmp";
                    case "58", "icmpv6" -> "icmpv6";
                    default ->
                        throw ServiceError.badRequest(
                                "InvalidParameterValue",
                                "Invalid value '" + permission.ipProtocol() + "' for IP protocol. Unknown protocol.");
                };
        if (protocol.equals("tcp") || protocol.equals("udp")) {
            checkPorts(permission.fromPort(), permission.toPort());
        }
        boolean all = protocol.equals(Rules.ALL);
        return rule.toBuilder()
                .ipProtocol(protocol)
                .fromPort(all ? -1 : Objects.requireNonNullElse(permission.fromPort(), -1))
                .toPort(all ? -1 : Objects.requireNonNullElse(permission.toPort(), -1))
                .build();
    }

    private static void checkPorts(@Nullable Integer from, @Nullable Integer to) {
        if (from == null || to == null) {
            throw ServiceError.badRequest(
                    "InvalidParameterValue",
                    "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
        }
        for (int port : List.of(from, to)) {
            refuseIf(port < 0 || port > LAST_PORT, "InvalidParameterValue", "TCP/UDP port (" + port + ") out of range");
        }
        refuseIf(from > to, "InvalidParameterValue", "Invalid TCP/UDP port range (" + from + ":" + to + ")");
    }
}
