package dev.resilient.cloud.autoscaling;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.TrafficSourceIdentifier;

/** Groups and their instances as the API shows them. */
final class GroupView {
    private static final String GROUP_RESOURCE_TYPE = "auto-scaling-group";

    private GroupView() {}

    static AutoScalingGroup of(Group group, LaunchTemplateSpecification template) {
        GroupSettings settings = group.settings();
        List<String> subnets = settings.placement().subnets();
        return AutoScalingGroup.builder()
                .autoScalingGroupName(group.name())
                .autoScalingGroupARN(group.arn())
                .launchTemplate(template)
                .minSize(settings.capacity().min())
                .maxSize(settings.capacity().max())
                .desiredCapacity(settings.capacity().desired())
                .defaultCooldown((int) settings.defaultCooldown().toSeconds())
                .availabilityZones(settings.placement().zones())
                .vpcZoneIdentifier(subnets.isEmpty() ? null : String.join(",", subnets))
                .targetGroupARNs(targetGroups(group))
                .trafficSources(targetGroups(group).stream()
                        .map(arn -> TrafficSourceIdentifier.builder()
                                .identifier(arn)
                                .type("elbv2")
                                .build())
                        .toList())
                .loadBalancerNames(List.of())
                .healthCheckType(settings.healthCheck().type())
                .healthCheckGracePeriod((int) settings.gracePeriod().toSeconds())
                .defaultInstanceWarmup(settings.defaultInstanceWarmup()
                        .map(warmup -> (int) warmup.toSeconds())
                        .orElse(null))
                .instanceMaintenancePolicy(
                        settings.maintenance().map(GroupView::maintenance).orElse(null))
                .instances(group.members().stream().map(GroupView::instance).toList())
                .createdTime(group.created())
                .suspendedProcesses(suspended(group))
                .enabledMetrics(List.of())
                .status(status(group))
                .tags(group.tags().stream().map(tag -> tag(group, tag)).toList())
                .terminationPolicies(settings.terminationPolicies().stream()
                        .map(TerminationPolicy::wireName)
                        .toList())
                .newInstancesProtectedFromScaleIn(false)
                .build();
    }

    private static List<String> targetGroups(Group group) {
        return group.attachments().stream().map(Attachment::targetGroupArn).toList();
    }

    private static @Nullable String status(Group group) {
        return group.progress().deleting() ? "Delete in progress" : null;
    }

    private static List<SuspendedProcess> suspended(Group group) {
        return group.suspended().stream()
                .sorted()
                .map(process -> SuspendedProcess.builder()
                        .processName(process.wireName())
                        .suspensionReason("User suspended")
                        .build())
                .toList();
    }

    private static Instance instance(Member member) {
        return Instance.builder()
                .instanceId(member.instanceId())
                .instanceType(member.instanceType())
                .imageId(member.imageId())
                .availabilityZone(member.zone())
                .lifecycleState(member.state().toString())
                .healthStatus(member.unhealthy() == null ? "Healthy" : "Unhealthy")
                .launchTemplate(template(member))
                .protectedFromScaleIn(false)
                .build();
    }

    static AutoScalingInstanceDetails details(Group group, Member member) {
        return AutoScalingInstanceDetails.builder()
                .instanceId(member.instanceId())
                .instanceType(member.instanceType())
                .imageId(member.imageId())
                .autoScalingGroupName(group.name())
                .availabilityZone(member.zone())
                .lifecycleState(member.state().toString())
                .healthStatus(member.unhealthy() == null ? "HEALTHY" : "UNHEALTHY")
                .launchTemplate(template(member))
                .protectedFromScaleIn(false)
                .build();
    }

    private static @Nullable LaunchTemplateSpecification template(Member member) {
        Fleet.Template template = member.template();
        return template == null
                ? null
                : LaunchTemplateSpecification.builder()
                        .launchTemplateId(template.id())
                        .launchTemplateName(template.name())
                        .version(Long.toString(template.version()))
                        .build();
    }

    private static InstanceMaintenancePolicy maintenance(Turnover.Bounds bounds) {
        return InstanceMaintenancePolicy.builder()
                .minHealthyPercentage(bounds.minHealthyPercentage())
                .maxHealthyPercentage(bounds.maxHealthyPercentage())
                .build();
    }

    static TagDescription tag(Group group, GroupTag tag) {
        return TagDescription.builder()
                .resourceId(group.name())
                .resourceType(GROUP_RESOURCE_TYPE)
                .key(tag.key())
                .value(tag.value())
                .propagateAtLaunch(tag.propagateAtLaunch())
                .build();
    }
}
