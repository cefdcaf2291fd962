package dev.resilient.cloud;

import dev.resilient.cloud.autoscaling.Fleet;
import dev.resilient.cloud.ec2.Ec2;
import dev.resilient.cloud.elb.Instances.Instance;
import dev.resilient.wire.ServiceError;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** What Auto Scaling needs of EC2, through the operations that every caller of EC2 uses. */
record FleetOfInstances(Ec2 ec2) implements Fleet {

    @Override
    public Optional<String> zoneOfSubnet(String subnetId) {
        return ec2.network().subnets().stream()
                .filter(subnet -> subnet.subnetId().equals(subnetId))
                .map(subnet -> subnet.availabilityZone())
                .findFirst();
    }

    @Override
    public Template resolve(TemplateReference reference) {
        LaunchTemplateVersion version = ec2.templateVersion(reference.id(), reference.name(), reference.version());
        return new Template(version.launchTemplateId(), version.launchTemplateName(), version.versionNumber());
    }

    @Override
    public void check(TemplateReference reference) {
        ec2.instances()
                .check(RunInstancesRequest.builder()
                        .minCount(1)
                        .maxCount(1)
                        .launchTemplate(LaunchTemplateSpecification.builder()
                                .launchTemplateId(reference.id())
                                .launchTemplateName(reference.name())
                                .version(reference.version())
                                .build())
                        .build());
    }

    @Override
    public Launched launch(Order order) {
        Template template = resolve(order.template());
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .launchTemplate(LaunchTemplateSpecification.builder()
                        .launchTemplateId(template.id())
                        .version(Long.toString(template.version()))
                        .build())
                .subnetId(order.subnetId());
        if (order.subnetId() == null) {
            request.placement(Placement.builder().availabilityZone(order.zone()).build());
        }
        if (!order.tags().isEmpty()) {
            request.tagSpecifications(tags(order.tags()));
        }
        var instance = ec2.instances().run(request.build()).instances().getFirst();
        return new Launched(
                instance.instanceId(),
                instance.instanceTypeAsString(),
                instance.imageId(),
                instance.subnetId(),
                template);
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
        return ec2.instances()
                .find(instanceId)
                .map(instance -> new Instance(
                        state(instance.state().name()),
                        instance.placement().availabilityZone(),
                        instance.instanceTypeAsString(),
                        instance.imageId()));
    }

    private static State state(InstanceStateName name) {
        return switch (name) {
            case PENDING -> State.PENDING;
            case RUNNING -> State.RUNNING;
            case STOPPING -> State.STOPPING;
            case STOPPED -> State.STOPPED;
            case SHUTTING_DOWN -> State.SHUTTING_DOWN;
            case TERMINATED -> State.TERMINATED;
            case UNKNOWN_TO_SDK_VERSION -> throw new ServiceError("InternalError", 500, "An unknown instance state.");
        };
    }

    private static TagSpecification tags(Map<String, String> tags) {
        return TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }
}
