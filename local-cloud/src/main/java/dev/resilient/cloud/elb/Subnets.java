package dev.resilient.cloud.elb;

import java.util.Optional;

/** What load balancing needs of the network. Implementations are thread-safe. */
public interface Subnets {

    /** The subnet with this id. */
    Optional<Subnet> findSubnet(String subnetId);

    /** Whether there is a VPC with this id. */
    boolean vpcExists(String vpcId);

    /** Takes a loopback address of a subnet, which is nobody else's until it is released. */
    String allocateAddress(String subnetId);

    /** Takes the address that a load balancer had before the cloud was started again, or another one if that is taken. */
    String reclaimAddress(String subnetId, String address);

    /** Gives an address back. */
    void releaseAddress(String address);

    /** A subnet. */
    record Subnet(String id, String zone, String vpcId) {}
}
