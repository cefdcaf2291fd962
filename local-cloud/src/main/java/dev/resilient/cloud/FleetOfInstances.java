package dev.resilient.cloud;

import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.ec2.Ec2;
import dev.resilient.wire.Access;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** What Auto Scaling needs of EC2, through the operations that every caller of EC2 uses. */
record FleetOfInstances(Ec2 ec2) implements Fleet {

    @Override
    public Optional<String> zoneOfSubnet(String subnetId) {
        return ec2.network().subnets().stream()
                .filter(subnet -> subnet.subnetId().equals(subnetId))
                .map(Subnet::availabilityZone)
                .findFirst();
    }

    @Override
    public LaunchTemplateSpecification resolve(LaunchTemplateSpecification reference) {
        LaunchTemplateVersion version =
                ec2.templateVersion(reference.launchTemplateId(), reference.launchTemplateName(), reference.version());
        return LaunchTemplateSpecification.builder()
                .launchTemplateId(version.launchTemplateId())
                .launchTemplateName(version.launchTemplateName())
                .version(Long.toString(version.versionNumber()))
                .build();
    }

    @Override
    public void check(LaunchTemplateSpecification reference) {
        ec2.instances().check(launching(reference));
    }

    @Override
    public List<Access.Question> access(LaunchTemplateSpecification reference) {
        return ec2.instances().access().of(launching(reference));
    }

    private static RunInstancesRequest launching(LaunchTemplateSpecification reference) {
        return RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .launchTemplate(same -> Members.copy(reference, same))
                .build();
    }

    @Override
    public Instance launch(RunInstancesRequest request) {
        return ec2.instances().run(request).instances().getFirst();
    }

    @Override
    public void terminate(String instanceId) {
        if (ec2.instances().find(instanceId).isPresent()) {
            ec2.instances()
                    .terminate(TerminateInstancesRequest.builder()
                            .instanceIds(instanceId)
                            .build());
        }
    }

    @Override
    public Optional<Instance> find(String instanceId) {
        return ec2.instances().find(instanceId);
    }
}
