package dev.resilient.cloud.elb.dataplane;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * What load balancing needs of EC2: who its targets are, where it lives, and who may connect. Implementations are thread-safe and
 * do not block.
 */
public interface Neighbours {

    /** The instance with this id; empty if EC2 does not know it (any more). */
    Optional<Instance> findInstance(String instanceId);

    /** The subnet with this id. */
    Optional<Subnet> findSubnet(String subnetId);

    /** Whether there is a VPC with this id. */
    boolean hasVpc(String vpcId);

    /** Takes a loopback address of a subnet, which is nobody else's until it is released. */
    String allocateAddress(String subnetId);

    /** Takes the address that a load balancer had before the cloud was started again, or another one if that is taken. */
    String reclaimAddress(String subnetId, String address);

    /** Gives an address back. */
    void releaseAddress(String address);

    /**
     * Whether the rules that these security groups have now let a TCP connection from {@code source} to {@code port} in.
     *
     * @param sourceGroupIds the groups of the resource that connects; empty for one outside of the cloud
     */
    boolean allows(Collection<String> groupIds, int port, InetAddress source, Collection<String> sourceGroupIds);

    /** Whether there is a security group with this id. */
    boolean hasSecurityGroup(String groupId);

    /** The id of the security group that resources of a VPC have when they name none. */
    String defaultSecurityGroup(String vpcId);
}
