package dev.resilient.cloud.autoscaling.reconcile;

import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.plan.Step;
import dev.resilient.cloud.base.CloudContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.utils.StringUtils;

/** Launches instances for groups. An instance whose group is gone meanwhile is terminated at once. Thread-safe. */
record Launcher(CloudContext cloud, GroupStore groups, Activities activities, Fleet fleet) {
    private static final Logger log = LoggerFactory.getLogger(Launcher.class);
    private static final String GROUP_NAME_TAG = "aws:autoscaling:groupName";

    /** Launches one instance; returns the zone, with a failed activity, if EC2 refuses there. */
    Optional<String> launch(Group group, Step.Launch step) {
        Activity activity = activities.launch(group, step.zone(), step.cause());
        String id = activity.activityId();
        activities.begin(activity);
        try {
            LaunchTemplateSpecification template = fleet.resolve(group.launchTemplate());
            Instance launched = fleet.launch(request(group, template, step.zone()));
            activities.launched(id, launched);
            join(group, Member.joining(launched, template, cloud.time().instant(), id), id);
            return Optional.empty();
        } catch (RuntimeException refused) {
            log.debug("a launch for group {} failed", group.name(), refused);
            String why = refused.getMessage();
            activities.launchFailed(
                    id, StringUtils.isBlank(why) ? refused.getClass().getSimpleName() : why);
            return Optional.of(step.zone());
        }
    }

    private void join(Group group, Member member, String activity) {
        boolean joined = groups.update(group, now -> now.isDeleting() ? now : now.withNewMember(member))
                .flatMap(now -> now.member(member.instanceId()))
                .isPresent();
        if (!joined) {
            fleet.terminate(member.instanceId());
            activities.cancelled(activity, "The group was deleted.");
        }
    }

    /** Remembers how the launches of one pass went. */
    void settle(Group group, Set<String> failedZones) {
        groups.update(
                group,
                now -> now.withBackoff(
                        failedZones.isEmpty()
                                ? now.backoff().afterLaunch()
                                : now.backoff().afterFailure(cloud.time().instant(), cloud.pace(), failedZones)));
    }

    private RunInstancesRequest request(Group group, LaunchTemplateSpecification template, String zone) {
        RunInstancesRequest.Builder request = RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .launchTemplate(version ->
                        version.launchTemplateId(template.launchTemplateId()).version(template.version()))
                .tagSpecifications(TagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(tags(group))
                        .build());
        return group.shape().vpcZoneIdentifier() == null
                ? request.placement(place -> place.availabilityZone(zone)).build()
                : request.subnetId(subnet(group, zone)).build();
    }

    /** The subnets of a zone take turns. */
    private String subnet(Group group, String zone) {
        List<String> inZone = Arrays.stream(group.shape().vpcZoneIdentifier().split(",", -1))
                .filter(subnet ->
                        fleet.zoneOfSubnet(subnet).filter(zone::equals).isPresent())
                .toList();
        long launchedBefore = group.members().stream()
                .filter(member -> member.zone().equals(zone))
                .count();
        return inZone.get((int) (launchedBefore % inZone.size()));
    }

    private static List<Tag> tags(Group group) {
        return Stream.concat(
                        group.shape().tags().stream()
                                .filter(TagDescription::propagateAtLaunch)
                                .map(tag -> tag(tag.key(), tag.value())),
                        Stream.of(tag(GROUP_NAME_TAG, group.name())))
                .toList();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
