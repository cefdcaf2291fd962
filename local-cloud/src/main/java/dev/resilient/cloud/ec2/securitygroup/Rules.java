package dev.resilient.cloud.ec2.securitygroup;

import dev.resilient.cloud.ec2.network.Cidr;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** Single rules: whom they let in, and how they are compared and written. */
final class Rules {
    /** All protocols and ports. */
    static final String ALL = "-1";

    private Rules() {}

    /** A rule for the traffic of a group in one direction that has neither an id nor a peer yet. */
    static SecurityGroupRule.Builder all(SecurityGroup group, boolean egress) {
        return SecurityGroupRule.builder()
                .groupId(group.groupId())
                .groupOwnerId(group.ownerId())
                .isEgress(egress)
                .ipProtocol(ALL)
                .fromPort(-1)
                .toPort(-1);
    }

    /** Whether a rule lets in a TCP connection to a port from an address, or from a resource that has groups. */
    static boolean allowsIngress(
            SecurityGroupRule rule, int port, InetAddress source, Collection<String> sourceGroupIds) {
        boolean concerned = rule.ipProtocol().equals(ALL)
                || (rule.ipProtocol().equals("tcp") && rule.fromPort() <= port && port <= rule.toPort());
        String group = groupOf(rule);
        return !rule.isEgress()
                && concerned
                && (group == null ? Cidr.parse(blockOf(rule)).contains(source) : sourceGroupIds.contains(group));
    }

    /** Whether two rules of a group let the same traffic through in the same direction for the same peer. */
    static boolean areSame(SecurityGroupRule one, SecurityGroupRule other) {
        return one.equals(other.toBuilder()
                .securityGroupRuleId(one.securityGroupRuleId())
                .description(one.description())
                .build());
    }

    /** A permission of a rule's protocol and ports, without peers. */
    static IpPermission traffic(SecurityGroupRule rule) {
        boolean all = rule.ipProtocol().equals(ALL);
        return IpPermission.builder()
                .ipProtocol(rule.ipProtocol())
                .fromPort(all ? null : rule.fromPort())
                .toPort(all ? null : rule.toPort())
                .build();
    }

    /** The id of the group at the other end; null if that is a block of addresses. */
    static @Nullable String groupOf(SecurityGroupRule rule) {
        return rule.referencedGroupInfo() == null
                ? null
                : rule.referencedGroupInfo().groupId();
    }

    /** The block of addresses at the other end; empty if that is a group. */
    private static String blockOf(SecurityGroupRule rule) {
        return Stream.of(rule.cidrIpv4(), rule.cidrIpv6())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    /** As EC2 writes a rule in its errors. */
    static String text(SecurityGroupRule rule) {
        String peer = Objects.requireNonNullElseGet(groupOf(rule), () -> blockOf(rule));
        return rule.ipProtocol().equals(ALL)
                ? "peer: " + peer + ", ALL, ALLOW"
                : "peer: %s, %s, from port: %d, to port: %d, ALLOW"
                        .formatted(peer, rule.ipProtocol().toUpperCase(Locale.ROOT), rule.fromPort(), rule.toPort());
    }
}
