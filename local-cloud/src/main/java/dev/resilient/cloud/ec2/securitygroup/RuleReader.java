package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.cloud.ec2.request.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.ec2.network.Cidr;
import dev.resilient.cloud.ec2.request.Errors;
import dev.resilient.wire.shape.Members;
import java.net.Inet6Address;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
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
                .flatMap(this::single)
                .map(wanted -> read(wanted, Rules.all(group, egress)))
                .toList();
        refuseIf(
                rules.isEmpty(),
                "MissingParameter",
                "The request must contain the parameter cidrIp, ipPermissions or a source group");
        return rules;
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

    /** What a permission says of its peers together, of each alone. */
    private Stream<SecurityGroupRuleRequest> single(IpPermission permission) {
        SecurityGroupRuleRequest traffic =
                Members.copy(permission, SecurityGroupRuleRequest.builder()).build();
        return Stream.of(
                        permission.ipRanges(),
                        permission.ipv6Ranges(),
                        permission.prefixListIds(),
                        permission.userIdGroupPairs())
                .flatMap(List::stream)
                .map(peer -> single(traffic, peer));
    }

    private SecurityGroupRuleRequest single(SecurityGroupRuleRequest traffic, SdkPojo peer) {
        SecurityGroupRuleRequest.Builder single = Members.copy(peer, traffic.toBuilder());
        if (peer instanceof IpRange range) {
            single.cidrIpv4(Objects.requireNonNullElse(range.cidrIp(), ""));
        } else if (peer instanceof UserIdGroupPair pair) {
            single.referencedGroupId(
                    groups.get(pair.groupId(), pair.groupName()).id());
        }
        return single.build();
    }

    /**
     * The rule that is wanted.
     *
     * @param rule has its group and its direction, and perhaps its id
     */
    SecurityGroupRule read(SecurityGroupRuleRequest wanted, SecurityGroupRule.Builder rule) {
        refuseIf(
                wanted.prefixListId() != null,
                "InvalidPrefixListID.NotFound",
                "The prefix list ID '" + wanted.prefixListId() + "' does not exist");
        List<String> peers = Stream.of(wanted.cidrIpv4(), wanted.cidrIpv6(), wanted.referencedGroupId())
                .filter(Objects::nonNull)
                .toList();
        refuseIf(peers.size() != 1, "A security group rule must name exactly one source or destination.");
        setTraffic(rule, wanted);
        if (wanted.referencedGroupId() != null) {
            SecurityGroup group = groups.get(peers.getFirst()).group();
            rule.referencedGroupInfo(peer -> peer.groupId(group.groupId()).userId(group.ownerId()));
        } else {
            Cidr block = Cidr.parse(peers.getFirst());
            boolean ipv6 = block.network() instanceof Inet6Address;
            Members.set(rule, ipv6 ? "CidrIpv6" : "CidrIpv4", block.toString());
        }
        return rule.description(wanted.description()).build();
    }

    private static void setTraffic(SecurityGroupRule.Builder rule, SecurityGroupRuleRequest wanted) {
        String protocol =
                switch (Optional.ofNullable(wanted.ipProtocol()).orElse("").toLowerCase(Locale.ROOT)) {
                    case "-1", "all" -> Rules.ALL;
                    case "6", "tcp" -> "tcp";
                    case "17", "udp" -> "udp";
                    case "1", "icmp" -> "icmp";
                    case "58", "icmpv6" -> "icmpv6";
                    default ->
                        throw Errors.invalid(
                                "Invalid value '" + wanted.ipProtocol() + "' for IP protocol. Unknown protocol.");
                };
        if (protocol.equals("tcp") || protocol.equals("udp")) {
            checkPorts(wanted.fromPort(), wanted.toPort());
        }
        rule.ipProtocol(protocol);
        if (!protocol.equals(Rules.ALL)) {
            rule.fromPort(Objects.requireNonNullElse(wanted.fromPort(), -1))
                    .toPort(Objects.requireNonNullElse(wanted.toPort(), -1));
        }
    }

    private static void checkPorts(@Nullable Integer from, @Nullable Integer to) {
        if (from == null || to == null) {
            throw Errors.invalid("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
        }
        for (int port : List.of(from, to)) {
            refuseIf(port < 0 || port > LAST_PORT, "TCP/UDP port (" + port + ") out of range");
        }
        refuseIf(from > to, "Invalid TCP/UDP port range (" + from + ":" + to + ")");
    }
}
