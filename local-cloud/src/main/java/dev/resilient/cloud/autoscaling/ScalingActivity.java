package dev.resilient.cloud.autoscaling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * One launch or termination, under way or over.
 *
 * @param end null while it is under way
 * @param statusMessage why it failed; null if it did not
 * @param progress in percent
 * @param details a JSON object: subnet and zone
 */
record ScalingActivity(
        String id,
        String groupName,
        String groupArn,
        String description,
        String cause,
        Instant start,
        @Nullable Instant end,
        ScalingActivityStatusCode status,
        @Nullable String statusMessage,
        int progress,
        String details) {

    private static final int LONGEST_CAUSE = 1023;

    boolean underWay() {
        return end == null;
    }

    /** Orders activities as the API lists them: those under way first, then the newest. */
    String orderKey() {
        return "%s %019d %s".formatted(underWay() ? "0" : "1", Long.MAX_VALUE - start.toEpochMilli(), id);
    }

    ScalingActivity in(ScalingActivityStatusCode nextStatus, int nextProgress, String nextDescription) {
        return new ScalingActivity(
                id,
                groupName,
                groupArn,
                nextDescription,
                cause,
                start,
                end,
                nextStatus,
                statusMessage,
                nextProgress,
                details);
    }

    ScalingActivity at(@Nullable String subnetId, String zone) {
        String where = subnetId == null
                ? "{\"Availability Zone\":\"%s\"}".formatted(zone)
                : "{\"Subnet ID\":\"%s\",\"Availability Zone\":\"%s\"}".formatted(subnetId, zone);
        return new ScalingActivity(
                id, groupName, groupArn, description, cause, start, end, status, statusMessage, progress, where);
    }

    ScalingActivity ended(Instant at, ScalingActivityStatusCode outcome, @Nullable String message) {
        return new ScalingActivity(
                id, groupName, groupArn, description, cause, start, at, outcome, message, 100, details);
    }

    Activity toApi() {
        return Activity.builder()
                .activityId(id)
                .autoScalingGroupName(groupName)
                .autoScalingGroupARN(groupArn)
                .description(description)
                .cause(cause.length() <= LONGEST_CAUSE ? cause : cause.substring(0, LONGEST_CAUSE))
                .startTime(start)
                .endTime(end)
                .statusCode(status)
                .statusMessage(statusMessage)
                .progress(progress)
                .details(details)
                .build();
    }
}
