package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.InstanceRefresh.RefreshPreferences;
import dev.resilient.cloud.autoscaling.InstanceRefresh.Treatment;
import dev.resilient.cloud.autoscaling.Turnover.Bounds;
import dev.resilient.cloud.base.SupportedMembers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.ScaleInProtectedInstances;
import software.amazon.awssdk.services.autoscaling.model.StandbyInstances;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;

/** Reads out of a request how a group is to be refreshed, with AWS's defaults. */
final class RefreshReader {
    private static final SupportedMembers DESIRED = SupportedMembers.of("LaunchTemplate");
    private static final SupportedMembers PREFERENCES = SupportedMembers.of(
            "MinHealthyPercentage",
            "MaxHealthyPercentage",
            "InstanceWarmup",
            "SkipMatching",
            "AutoRollback",
            "CheckpointPercentages",
            "CheckpointDelay",
            "BakeTime",
            "ScaleInProtectedInstances",
            "StandbyInstances");
    private static final Duration CHECKPOINT_DELAY = Duration.ofHours(1);

    private final SettingsReader settings;

    RefreshReader(SettingsReader settings) {
        this.settings = settings;
    }

    /** What new instances are launched from, if the request names it. */
    Optional<Fleet.TemplateReference> desired(StartInstanceRefreshRequest request) {
        if (request.strategyAsString() != null && !request.strategyAsString().equals("Rolling")) {
            throw Errors.validation("The strategy '" + request.strategyAsString()
                    + "' is not supported by this cloud: instances are replaced");
        }
        if (request.desiredConfiguration() == null) {
            return Optional.empty();
        }
        DESIRED.check(request.desiredConfiguration());
        return settings.template(request.desiredConfiguration().launchTemplate());
    }

    RefreshPreferences preferences(StartInstanceRefreshRequest request, Group group) {
        var given = request.preferences() == null
                ? software.amazon.awssdk.services.autoscaling.model.RefreshPreferences.builder()
                        .build()
                : request.preferences();
        PREFERENCES.check(given);
        Bounds otherwise = group.settings().maintenance().orElse(Bounds.DEFAULT);
        boolean rollsBack = Boolean.TRUE.equals(given.autoRollback());
        if (rollsBack
                && (desired(request).isEmpty()
                        || group.settings().template().version().startsWith("$"))) {
            throw Errors.validation(
                    "AutoRollback needs a desired configuration, and a group whose launch template version is a"
                            + " number");
        }
        return new RefreshPreferences(
                SettingsReader.bounds(
                        or(given.minHealthyPercentage(), otherwise.minHealthyPercentage()),
                        or(given.maxHealthyPercentage(), otherwise.maxHealthyPercentage())),
                SettingsReader.seconds(
                        "InstanceWarmup",
                        given.instanceWarmup(),
                        group.settings()
                                .defaultInstanceWarmup()
                                .orElse(group.settings().gracePeriod())),
                Boolean.TRUE.equals(given.skipMatching()),
                rollsBack,
                checkpoints(given.checkpointPercentages()),
                SettingsReader.seconds("CheckpointDelay", given.checkpointDelay(), CHECKPOINT_DELAY),
                SettingsReader.seconds("BakeTime", given.bakeTime(), Duration.ZERO),
                treatment(given.scaleInProtectedInstances()),
                treatment(given.standbyInstances()));
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private static List<Integer> checkpoints(List<Integer> given) {
        if (!given.equals(given.stream().distinct().sorted().toList())) {
            throw Errors.validation("CheckpointPercentages must be unique and in ascending order");
        }
        return given;
    }

    private static Treatment treatment(@Nullable ScaleInProtectedInstances given) {
        return given == null
                ? Treatment.WAIT
                : switch (given) {
                    case REFRESH -> Treatment.REPLACE;
                    case IGNORE -> Treatment.IGNORE;
                    case WAIT, UNKNOWN_TO_SDK_VERSION -> Treatment.WAIT;
                };
    }

    private static Treatment treatment(@Nullable StandbyInstances given) {
        return given == null
                ? Treatment.WAIT
                : switch (given) {
                    case TERMINATE -> Treatment.REPLACE;
                    case IGNORE -> Treatment.IGNORE;
                    case WAIT, UNKNOWN_TO_SDK_VERSION -> Treatment.WAIT;
                };
    }
}
