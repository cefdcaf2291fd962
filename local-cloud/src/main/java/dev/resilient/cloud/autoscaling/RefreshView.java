package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.InstanceRefresh.Rollback;
import dev.resilient.cloud.autoscaling.InstanceRefresh.Status;
import dev.resilient.cloud.autoscaling.InstanceRefresh.Treatment;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.DesiredConfiguration;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;
import software.amazon.awssdk.services.autoscaling.model.RollbackDetails;
import software.amazon.awssdk.services.autoscaling.model.ScaleInProtectedInstances;
import software.amazon.awssdk.services.autoscaling.model.StandbyInstances;

/** Instance refreshes as the API shows them. */
final class RefreshView {
    private RefreshView() {}

    static software.amazon.awssdk.services.autoscaling.model.InstanceRefresh of(Group group, InstanceRefresh refresh) {
        boolean begun = refresh.status() != Status.PENDING;
        return software.amazon.awssdk.services.autoscaling.model.InstanceRefresh.builder()
                .instanceRefreshId(refresh.id())
                .autoScalingGroupName(group.name())
                .strategy("Rolling")
                .status(refresh.status().wireName())
                .statusReason(refresh.reason())
                .startTime(refresh.start())
                .endTime(refresh.end())
                .percentageComplete(begun ? refresh.progress().percentage() : null)
                .instancesToUpdate(begun ? refresh.progress().left() : null)
                .preferences(preferences(refresh.preferences()))
                .desiredConfiguration(
                        refresh.desired().map(RefreshView::desired).orElse(null))
                .rollbackDetails(rollback(refresh.rollback()))
                .build();
    }

    private static RefreshPreferences preferences(InstanceRefresh.RefreshPreferences preferences) {
        boolean pauses = !preferences.checkpoints().isEmpty();
        return RefreshPreferences.builder()
                .minHealthyPercentage(preferences.bounds().minHealthyPercentage())
                .maxHealthyPercentage(preferences.bounds().maxHealthyPercentage())
                .instanceWarmup((int) preferences.warmup().toSeconds())
                .skipMatching(preferences.skipsMatching())
                .autoRollback(preferences.rollsBack())
                .checkpointPercentages(pauses ? preferences.checkpoints() : null)
                .checkpointDelay(pauses ? (int) preferences.checkpointDelay().toSeconds() : null)
                .bakeTime((int) preferences.bakeTime().toSeconds())
                .scaleInProtectedInstances(
                        switch (preferences.protectedOnes()) {
                            case REPLACE -> ScaleInProtectedInstances.REFRESH;
                            case IGNORE -> ScaleInProtectedInstances.IGNORE;
                            case WAIT -> ScaleInProtectedInstances.WAIT;
                        })
                .standbyInstances(standby(preferences.standbyOnes()))
                .build();
    }

    private static StandbyInstances standby(Treatment treatment) {
        return switch (treatment) {
            case REPLACE -> StandbyInstances.TERMINATE;
            case IGNORE -> StandbyInstances.IGNORE;
            case WAIT -> StandbyInstances.WAIT;
        };
    }

    private static DesiredConfiguration desired(Fleet.TemplateReference template) {
        return DesiredConfiguration.builder()
                .launchTemplate(LaunchTemplateSpecification.builder()
                        .launchTemplateId(template.id())
                        .launchTemplateName(template.name())
                        .version(template.version())
                        .build())
                .build();
    }

    private static @Nullable RollbackDetails rollback(@Nullable Rollback rollback) {
        return rollback == null
                ? null
                : RollbackDetails.builder()
                        .rollbackReason(rollback.reason())
                        .rollbackStartTime(rollback.start())
                        .percentageCompleteOnRollback(rollback.percentage())
                        .instancesToUpdateOnRollback(rollback.left())
                        .build();
    }
}
