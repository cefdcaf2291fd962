package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.utils.StringUtils;

/** Launches instances for groups. An instance whose group is gone meanwhile is terminated at once. Thread-safe. */
record Launcher(CloudContext cloud, GroupStore groups, Activities activities, Fleet fleet) {
    private static final Logger log = LoggerFactory.getLogger(Launcher.class);
    private static final String GROUP_NAME_TAG = "aws:autoscaling:groupName";

    /** Launches one instance; false, with a failed activity, if EC2 refuses. */
    boolean launch(Group group, Step.Launch step) {
        ScalingActivity activity = activities.launch(group, step.zone(), step.cause());
        activities.begin(activity);
        Fleet.Launched launched;
        try {
            launched = fleet.launch(order(group, step.zone()));
        } catch (RuntimeException refused) {
            log.debug("a launch for group {} failed", group.name(), refused);
            activities.launchFailed(
                    activity.id(),
                    StringUtils.isBlank(refused.getMessage())
                            ? refused.getClass().getSimpleName()
                            : refused.getMessage());
            return false;
        }
        activities.launched(activity.id(), launched, step.zone());
        Member member = new Member(
                launched.instanceId(),
                step.zone(),
                launched.instanceType(),
                launched.imageId(),
                launched.template(),
                cloud.time().instant(),
                new Phase.Pending(activity.id()),
                null);
        join(group, member, activity.id());
        return true;
    }

    private void join(Group group, Member member, String activity) {
        boolean joined = groups.update(group, now -> now.progress().deleting() ? now : now.withNewMember(member))
                .flatMap(now -> now.member(member.instanceId()))
                .isPresent();
        if (!joined) {
            fleet.terminate(member.instanceId());
            activities.cancelled(activity, "The group was deleted.");
        }
    }

    /** Remembers how the launches of one pass went. */
    void settle(Group group, Set<String> failedZones) {
        groups.update(group, now -> {
            LaunchBackoff backoff = now.progress().backoff();
            return now.withProgress(now.progress()
                    .withBackoff(
                            failedZones.isEmpty()
                                    ? backoff.afterLaunch()
                                    : backoff.afterFailure(cloud.time().instant(), cloud.pace(), failedZones)));
        });
    }

    private static Fleet.Order order(Group group, String zone) {
        int inZone = (int) group.members().stream()
                .filter(member -> member.zone().equals(zone))
                .count();
        GroupSettings settings = group.settings();
        String subnetId = settings.placement().site(zone, inZone).subnetId();
        Map<String, String> tags = new LinkedHashMap<>();
        group.tags().stream().filter(GroupTag::propagateAtLaunch).forEach(tag -> tags.put(tag.key(), tag.value()));
        tags.put(GROUP_NAME_TAG, group.name());
        return new Fleet.Order(group.launchTemplate(), zone, subnetId, tags);
    }
}
