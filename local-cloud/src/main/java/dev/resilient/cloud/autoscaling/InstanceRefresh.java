package dev.resilient.cloud.autoscaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.DesiredConfiguration;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;

/**
 * The replacement of a group's instances, a few at a time.
 *
 * @param reason what it waits for, or why it ended; null if there is nothing to say
 * @param end null while it is under way
 * @param preferences as asked for, with the defaults of what was not
 * @param desired what new instances are launched from, and the group's template once all are; empty for the group's own
 * @param outdated the instances to be replaced, by their ids
 */
record InstanceRefresh(
        String id,
        InstanceRefreshStatus status,
        @Nullable String reason,
        Instant start,
        @Nullable Instant end,
        RefreshPreferences preferences,
        Optional<Fleet.TemplateReference> desired,
        Set<String> outdated,
        Progress progress) {

    InstanceRefresh {
        outdated = Set.copyOf(outdated);
    }

    boolean isUnderWay() {
        return end == null;
    }

    /** What new instances are launched from, if that is not the group's own template. */
    Optional<Fleet.TemplateReference> launches() {
        return isUnderWay() ? desired : Optional.empty();
    }

    Duration warmup() {
        return Duration.ofSeconds(preferences.instanceWarmup());
    }

    Turnover.Bounds bounds() {
        return new Turnover.Bounds(preferences.minHealthyPercentage(), preferences.maxHealthyPercentage());
    }

    InstanceRefresh in(InstanceRefreshStatus next, @Nullable String why) {
        return new InstanceRefresh(id, next, why, start, end, preferences, desired, outdated, progress);
    }

    InstanceRefresh with(Progress next, @Nullable String why) {
        return new InstanceRefresh(id, status, why, start, end, preferences, desired, outdated, next);
    }

    InstanceRefresh ended(InstanceRefreshStatus outcome, @Nullable String why, Instant now) {
        return new InstanceRefresh(id, outcome, why, start, now, preferences, desired, outdated, progress);
    }

    /** As the API shows it. */
    software.amazon.awssdk.services.autoscaling.model.InstanceRefresh shown(String groupName) {
        boolean begun = status != InstanceRefreshStatus.PENDING;
        return software.amazon.awssdk.services.autoscaling.model.InstanceRefresh.builder()
                .instanceRefreshId(id)
                .autoScalingGroupName(groupName)
                .strategy("Rolling")
                .status(status)
                .statusReason(reason)
                .startTime(start)
                .endTime(end)
                .percentageComplete(begun ? progress.percentage() : null)
                .instancesToUpdate(begun ? progress.left() : null)
                .preferences(preferences)
                .desiredConfiguration(desired.map(template -> DesiredConfiguration.builder()
                                .launchTemplate(LaunchTemplateSpecification.builder()
                                        .launchTemplateId(template.id())
                                        .launchTemplateName(template.name())
                                        .version(template.version())
                                        .build())
                                .build())
                        .orElse(null))
                .build();
    }

    /**
     * How far it is.
     *
     * @param total how many instances were to be replaced
     * @param left how many are still there
     * @param done how many were replaced by instances that are ready
     * @param since when it last got any further
     */
    record Progress(int total, int left, int done, Instant since) {
        private static final int ALL = 100;

        int percentage() {
            return total == 0 ? ALL : done * ALL / total;
        }

        Progress seen(int nowLeft, int nowDone, Instant now) {
            return nowLeft == left && nowDone == done ? this : new Progress(total, nowLeft, nowDone, now);
        }
    }
}
