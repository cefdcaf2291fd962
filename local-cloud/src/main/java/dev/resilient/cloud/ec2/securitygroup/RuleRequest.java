package dev.resilient.cloud.ec2.securitygroup;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.ec2.network.Cidr;
import dev.resilient.cloud.ec2.request.SdkShapes;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroupRule.Peer;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroupRule.Traffic;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * What a request to authorize or revoke names: each rule is one kind of traffic and one peer.
 *
 * @param traffic protocol and ports
 * @param peer who is at the other end
 * @param description the owner's words; null for none
 */
record RuleRequest(Traffic traffic, Peer peer, @Nullable String description) {
    private static final int LAST_PORT = 65535;

    /**
     * The rules that a request names, in its list of permissions or in its own members.
     *
     * @param request one of the four requests that authorize or revoke; they have the same members
     */
    static List<RuleRequest> of(SdkPojo request, SecurityGroups groups) {
        AuthorizeSecurityGroupIngressRequest members = SdkShapes.copy(
                        request, AuthorizeSecurityGroupIngressRequest.builder())
                .build();
        List<IpPermission> permissions =
                members.ipPermissions().isEmpty() ? List.of(permission(members)) : members.ipPermissions();
        List<RuleRequest> rules = new ArrayList<>();
        permissions.forEach(permission -> add(rules, permission, groups));
        refuseIf(
                rules.isEmpty(),
                () -> ServiceError.badRequest(
                        "MissingParameter",
                        "The request must contain the parameter cidrIp, ipPermissions or a source group"));
        return rules;
    }

    /** The one rule that replaces another. */
    static RuleRequest of(SecurityGroupRuleRequest wanted, SecurityGroups groups) {
        String description = wanted.description();
        IpPermission.Builder permission = SdkShapes.copy(wanted, IpPermission.builder());
        if (wanted.cidrIpv4() != null) {
            permission.ipRanges(IpRange.builder()
                    .cidrIp(wanted.cidrIpv4())
                    .description(description)
                    .build());
        }
        if (wanted.cidrIpv6() != null) {
            permission.ipv6Ranges(Ipv6Range.builder()
                    .cidrIpv6(wanted.cidrIpv6())
                    .description(description)
                    .build());
        }
        if (wanted.referencedGroupId() != null) {
            permission.userIdGroupPairs(UserIdGroupPair.builder()
                    .groupId(wanted.referencedGroupId())
                    .description(description)
                    .build());
        }
        if (wanted.prefixListId() != null) {
            permission.prefixListIds(
                    PrefixListId.builder().prefixListId(wanted.prefixListId()).build());
        }
        List<RuleRequest> rules = new ArrayList<>();
        add(rules, permission.build(), groups);
        refuseIf(
                rules.size() != 1,
                () -> ServiceError.badRequest(
                        "InvalidParameterValue", "A security group rule must name exactly one source or destination."));
        return rules.getFirst();
    }

    /** Whether a rule of the group is the one meant. */
    boolean matches(SecurityGroupRule rule) {
        return rule.traffic().equals(traffic) && rule.peer().equals(peer);
    }

    /** As EC2 writes it in its errors. */
    @Override
    public String toString() {
        String who =
                switch (peer) {
                    case Peer.Block(Cidr cidr) -> cidr.toString();
                    case Peer.Group(String id) -> id;
                };
        return traffic.equals(Traffic.ALL)
                ? "peer: " + who + ", ALL, ALLOW"
                : "peer: %s, %s, from port: %d, to port: %d, ALLOW"
                        .formatted(
                                who, traffic.protocol().toUpperCase(Locale.ROOT), traffic.fromPort(), traffic.toPort());
    }

    private static IpPermission permission(AuthorizeSecurityGroupIngressRequest members) {
        IpPermission.Builder permission = IpPermission.builder()
                .ipProtocol(members.ipProtocol())
                .fromPort(members.fromPort())
                .toPort(members.toPort());
        if (members.cidrIp() != null) {
            permission.ipRanges(IpRange.builder().cidrIp(members.cidrIp()).build());
        }
        if (members.sourceSecurityGroupName() != null) {
            permission.userIdGroupPairs(UserIdGroupPair.builder()
                    .groupName(members.sourceSecurityGroupName())
                    .build());
        }
        return permission.build();
    }

    private static void add(List<RuleRequest> rules, IpPermission permission, SecurityGroups groups) {
        Traffic traffic = traffic(permission);
        refuseIf(
                !permission.prefixListIds().isEmpty(),
                () -> ServiceError.badRequest(
                        "InvalidPrefixListID.NotFound",
                        "The prefix list ID '"
                                + permission.prefixListIds().getFirst().prefixListId() + "' does not exist"));
        permission
                .ipRanges()
                .forEach(range -> rules.add(new RuleRequest(
                        traffic,
                        new Peer.Block(Cidr.parse(Objects.requireNonNullElse(range.cidrIp(), ""))),
                        range.description())));
        permission
                .ipv6Ranges()
                .forEach(range -> rules.add(new RuleRequest(
                        traffic,
                        new Peer.Block(Cidr.parse(Objects.requireNonNullElse(range.cidrIpv6(), ""))),
                        range.description())));
        permission
                .userIdGroupPairs()
                .forEach(pair ->
                        rules.add(new RuleRequest(traffic, new Peer.Group(groupId(pair, groups)), pair.description())));
    }

    private static String groupId(UserIdGroupPair pair, SecurityGroups groups) {
        return groups.get(pair.groupId(), pair.groupName()).id();
    }

    private static Traffic traffic(IpPermission permission) {
        String protocol =
                switch (Optional.ofNullable(permission.ipProtocol()).orElse("").toLowerCase(Locale.ROOT)) {
                    case "-1", "all" -> Traffic.ALL_PROTOCOLS;
                    case "6", "tcp" -> "tcp";
                    case "17", "udp" -> "udp";
                    case "1", "icmp" -> "icmp";
                    case "58", "icmpv6" -> "icmpv6";
                    default ->
                        throw ServiceError.badRequest(
                                "InvalidParameterValue",
                                "Invalid value '" + permission.ipProtocol() + "' for IP protocol. Unknown protocol.");
                };
        if (protocol.equals(Traffic.ALL_PROTOCOLS)) {
            return Traffic.ALL;
        }
        int from = Objects.requireNonNullElse(permission.fromPort(), -1);
        int to = Objects.requireNonNullElse(permission.toPort(), -1);
        if (protocol.equals("tcp") || protocol.equals("udp")) {
            checkPorts(permission.fromPort(), permission.toPort());
        }
        return new Traffic(protocol, from, to);
    }

    private static void checkPorts(@Nullable Integer from, @Nullable Integer to) {
        if (from == null || to == null) {
            throw ServiceError.badRequest(
                    "InvalidParameterValue",
                    "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
        }
        for (int port : List.of(from, to)) {
            refuseIf(
                    port < 0 || port > LAST_PORT,
                    () -> ServiceError.badRequest("InvalidParameterValue", "TCP/UDP port (" + port + ") out of range"));
        }
        refuseIf(
                from > to,
                () -> ServiceError.badRequest(
                        "InvalidParameterValue", "Invalid TCP/UDP port range (" + from + ":" + to + ")"));
    }
}
