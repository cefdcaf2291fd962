package dev.resilient.cloud.elb;

import java.net.InetAddress;
import java.util.Collection;

/** What load balancing needs of security groups. Implementations are thread-safe and do not block. */
public interface SecurityPolicy {

    /**
     * Whether the rules that these groups have now let a TCP connection from {@code source} to {@code port} in.
     *
     * @param sourceGroupIds the groups of the resource that connects; empty for one outside of the cloud
     */
    boolean allows(Collection<String> groupIds, int port, InetAddress source, Collection<String> sourceGroupIds);

    /** Whether there is a group with this id. */
    boolean exists(String groupId);

    /** The id of the group that resources of a VPC have when they name none. */
    String defaultGroup(String vpcId);
}
