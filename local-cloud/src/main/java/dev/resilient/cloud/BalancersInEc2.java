package dev.resilient.cloud;

import dev.resilient.cloud.ec2.Ec2;
import dev.resilient.cloud.elb.Instances;
import dev.resilient.cloud.elb.Instances.Instance;
import dev.resilient.cloud.elb.SecurityPolicy;
import dev.resilient.cloud.elb.Subnets;
import dev.resilient.cloud.elb.Subnets.Subnet;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** What Elastic Load Balancing needs of EC2: who its targets are, where it lives, and who may connect to it. */
record BalancersInEc2(Ec2 ec2) implements Instances, Subnets, SecurityPolicy {

    @Override
    public Optional<Instance> find(String instanceId) {
        return ec2.instances()
                .find(instanceId)
                .map(instance -> new Instance(
                        instance.privateIpAddress(),
                        instance.placement().availabilityZone(),
                        instance.vpcId(),
                        state(instance.state().name()),
                        instance.securityGroups().stream()
                                .map(GroupIdentifier::groupId)
                                .toList()));
    }

    @Override
    public Optional<Subnet> findSubnet(String subnetId) {
        return ec2.network().subnets().stream()
                .filter(subnet -> subnet.subnetId().equals(subnetId))
                .map(subnet -> new Subnet(subnetId, subnet.availabilityZone(), subnet.vpcId()))
                .findFirst();
    }

    @Override
    public boolean vpcExists(String vpcId) {
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
    public boolean exists(String groupId) {
        return ec2.securityGroups().exists(groupId);
    }

    @Override
    public String defaultGroup(String vpcId) {
        return ec2.securityGroups().defaultGroupId();
    }

    private static State state(InstanceStateName name) {
        return switch (name) {
            case PENDING -> State.PENDING;
            case RUNNING -> State.RUNNING;
            case STOPPING, STOPPED -> State.STOPPED;
            case SHUTTING_DOWN, TERMINATED, UNKNOWN_TO_SDK_VERSION -> State.TERMINATED;
        };
    }
}
