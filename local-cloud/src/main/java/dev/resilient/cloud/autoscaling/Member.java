package dev.resilient.cloud.autoscaling;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * One instance of a group.
 *
 * @param template what it was launched from; null if it was attached
 * @param launched when it was launched or attached
 * @param phase where it is
 * @param unhealthy who found it unhealthy; null while it is healthy
 */
record Member(
        String instanceId,
        String zone,
        String instanceType,
        String imageId,
        Fleet.@Nullable Template template,
        Instant launched,
        Phase phase,
        @Nullable Unhealthy unhealthy) {

    /** Where it is, as the API calls it. */
    LifecycleState state() {
        return phase.state();
    }

    /** Whether it counts towards the group's capacity: it serves or will. */
    boolean stays() {
        return switch (phase) {
            case Phase.Pending pending -> true;
            case Phase.Waiting waiting -> waiting.transition() == LifecycleHook.Transition.LAUNCHING;
            case Phase.InService inService -> true;
            case Phase.Selected selected -> false;
            case Phase.Draining draining -> false;
            case Phase.ShuttingDown shuttingDown -> false;
            case Phase.Standby standby -> false;
        };
    }

    /** Since when it serves; empty if it does not. */
    Optional<Instant> inService() {
        return phase instanceof Phase.InService(Instant since) ? Optional.of(since) : Optional.empty();
    }

    Member in(Phase next) {
        return new Member(instanceId, zone, instanceType, imageId, template, launched, next, unhealthy);
    }

    Member withUnhealthy(@Nullable Unhealthy found) {
        return new Member(instanceId, zone, instanceType, imageId, template, launched, phase, found);
    }
}
