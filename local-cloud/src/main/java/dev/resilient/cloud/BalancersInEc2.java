package dev.resilient.cloud;

import dev.resilient.cloud.ec2.Ec2;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** What Elastic Load Balancing needs of EC2: who its targets are, where it lives, and who may connect to it. */
record BalancersInEc2(Ec2 ec2) implements Neighbours {

    @Override
    public Optional<Instance> findInstance(String instanceId) {
        return ec2.instances().find(instanceId);
    }

    @Override
    public Optional<Subnet> findSubnet(String subnetId) {
        return ec2.network().subnets().stream()
                .filter(subnet -> subnet.subnetId().equals(subnetId))
                .findFirst();
    }

    @Override
    public boolean hasVpc(String vpcId) {
        return ec2.network().defaultVpc().vpcId().equals(vpcId);
    }

    @Override
    public String allocateAddress(String subnetId) {
        return ec2.network().allocateAddress(subnetId);
    }

    @Override
    public String reclaimAddress(String subnetId, String address) {
        return ec2.network().reclaimAddress(subnetId, address);
    }

    @Override
    public void releaseAddress(String address) {
        ec2.network().releaseAddress(address);
    }

    @Override
    public boolean allows(
            Collection<String> groupIds, int port, InetAddress source, Collection<String> sourceGroupIds) {
        return ec2.securityGroups().allowsIngress(groupIds, port, source, sourceGroupIds);
    }

    @Override
    public boolean hasSecurityGroup(String groupId) {
        return ec2.securityGroups().exists(groupId);
    }

    @Override
    public String defaultSecurityGroup(String vpcId) {
        return ec2.securityGroups().defaultGroupId();
    }
}
