package dev.resilient.cloud.autoscaling;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a group.
 *
 * @param launch the activity that launched it
 * @param inService since when it serves; null before
 * @param unhealthy who found it unhealthy; null while it is healthy
 * @param termination how far its termination is; null while it stays
 */
record Member(
        String instanceId,
        String zone,
        String instanceType,
        String imageId,
        Fleet.Template template,
        Instant launched,
        String launch,
        @Nullable Instant inService,
        @Nullable Unhealthy unhealthy,
        @Nullable Termination termination) {

    /** An instance that was launched just now. */
    static Member pending(Fleet.Launched launched, String zone, Instant now, String activityId) {
        return new Member(
                launched.instanceId(),
                zone,
                launched.instanceType(),
                launched.imageId(),
                launched.template(),
                now,
                activityId,
                null,
                null,
                null);
    }

    /** Where it is. */
    LifecycleState state() {
        if (termination != null) {
            return LifecycleState.TERMINATING;
        }
        return inService != null ? LifecycleState.IN_SERVICE : LifecycleState.PENDING;
    }

    /** The ids of the activities that brought it here, or are taking it away. */
    Stream<String> activities() {
        return termination == null ? Stream.of(launch) : Stream.of(launch, termination.activity());
    }

    /** Whether it counts towards the group's capacity. */
    boolean stays() {
        return termination == null;
    }

    Member enteredService(Instant now) {
        return new Member(
                instanceId, zone, instanceType, imageId, template, launched, launch, now, unhealthy, termination);
    }

    Member withUnhealthy(@Nullable Unhealthy found) {
        return new Member(
                instanceId, zone, instanceType, imageId, template, launched, launch, inService, found, termination);
    }

    Member withTermination(Termination next) {
        return new Member(
                instanceId, zone, instanceType, imageId, template, launched, launch, inService, unhealthy, next);
    }

    /**
     * A termination under way.
     *
     * @param activity the activity that reports it
     */
    record Termination(String activity, Phase phase) {
        Termination in(Phase next) {
            return new Termination(activity, next);
        }
    }

    /** The steps of a termination, in their order. */
    enum Phase {
        /** Chosen, and still registered with the target groups. */
        SELECTED,
        /** Deregistered; requests in flight may finish. */
        DRAINING,
        /** EC2 was told to terminate it. */
        SHUTTING_DOWN
    }
}
