package dev.resilient.cloud.ec2.securitygroup;

import dev.resilient.cloud.ec2.network.Cidr;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a security group: one protocol and port range, one peer.
 *
 * @param groupId the group it belongs to
 * @param egress whether it is about connections out of the group's resources
 * @param traffic protocol and ports
 * @param peer a CIDR block, a {@code pl-} prefix list, or the id of a group
 * @param description the owner's words; null for none
 */
record SecurityGroupRule(
        String id,
        String groupId,
        boolean egress,
        Traffic traffic,
        Peer peer,
        @Nullable String description) {

    /** Who is at the other end of a connection. */
    sealed interface Peer {
        /** Every address of a block. */
        record Block(Cidr cidr) implements Peer {}

        /** Every resource that has a group. */
        record Group(String id) implements Peer {}
    }

    /**
     * What a rule lets through.
     *
     * @param protocol {@code tcp}, {@code udp}, {@code icmp}, a number, or {@code -1} for all
     * @param fromPort first port; -1 for all
     * @param toPort last port; -1 for all
     */
    record Traffic(String protocol, int fromPort, int toPort) {
        static final String ALL_PROTOCOLS = "-1";
        static final Traffic ALL = new Traffic(ALL_PROTOCOLS, -1, -1);

        boolean includesTcp(int port) {
            return protocol.equals(ALL_PROTOCOLS) || (protocol.equals("tcp") && fromPort <= port && port <= toPort);
        }
    }

    static SecurityGroupRule allFromGroup(String id, String groupId) {
        return new SecurityGroupRule(id, groupId, false, Traffic.ALL, new Peer.Group(groupId), null);
    }

    static SecurityGroupRule allOutbound(String id, String groupId) {
        return new SecurityGroupRule(id, groupId, true, Traffic.ALL, new Peer.Block(Cidr.parse("0.0.0.0/0")), null);
    }

    boolean allowsIngress(int port, InetAddress source, Collection<String> sourceGroupIds) {
        if (egress || !traffic.includesTcp(port)) {
            return false;
        }
        return switch (peer) {
            case Peer.Block(Cidr cidr) -> cidr.contains(source);
            case Peer.Group(String peerId) -> sourceGroupIds.contains(peerId);
        };
    }

    /** The group at the other end; null if that is a block of addresses. */
    @Nullable
    String peerGroupId() {
        return switch (peer) {
            case Peer.Block block -> null;
            case Peer.Group(String peerId) -> peerId;
        };
    }

    /** Whether the other rule lets the same traffic through in the same direction for the same peer. */
    boolean sameAs(SecurityGroupRule other) {
        return egress == other.egress && traffic.equals(other.traffic) && Objects.equals(peer, other.peer);
    }
}
