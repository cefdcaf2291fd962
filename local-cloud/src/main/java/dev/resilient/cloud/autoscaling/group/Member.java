package dev.resilient.cloud.autoscaling.group;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/**
 * One instance of a group.
 *
 * @param shape as the API shows it, but for its state and its health; without a launch template if it was attached
 * @param launched when it was launched or attached
 * @param phase where it is
 * @param unhealthy who found it unhealthy; null while it is healthy
 */
public record Member(
        Instance shape,
        Instant launched,
        Phase phase,
        @Nullable Unhealthy unhealthy) {

    /**
     * An instance that begins to be one of a group.
     *
     * @param template the version that it was launched from, with its number; null if the group did not launch it
     * @param activity that brings it in, by its id
     */
    public static Member joining(
            software.amazon.awssdk.services.ec2.model.Instance instance,
            @Nullable LaunchTemplateSpecification template,
            Instant now,
            String activity) {
        Instance shape = Instance.builder()
                .instanceId(instance.instanceId())
                .instanceType(instance.instanceTypeAsString())
                .imageId(instance.imageId())
                .availabilityZone(instance.placement().availabilityZone())
                .launchTemplate(template)
                .protectedFromScaleIn(false)
                .build();
        return new Member(shape, now, new Phase.Pending(activity), null);
    }

    /** Its id. */
    public String instanceId() {
        return shape.instanceId();
    }

    /** Its zone. */
    public String zone() {
        return shape.availabilityZone();
    }

    /** The number of the template's version that it was launched from; 0 if it was attached. */
    public long templateVersion() {
        return shape.launchTemplate() == null
                ? 0
                : Long.parseLong(shape.launchTemplate().version());
    }

    /** As the API shows it. */
    public Instance shown() {
        return shape.copy(
                shown -> shown.lifecycleState(phase.state()).healthStatus(unhealthy == null ? "Healthy" : "Unhealthy"));
    }

    /** Whether it counts towards the group's capacity: it serves or will. */
    public boolean stays() {
        return switch (phase) {
            case Phase.Pending pending -> true;
            case Phase.Waiting waiting -> waiting.transition() == Transition.LAUNCHING;
            case Phase.InService inService -> true;
            case Phase.Selected selected -> false;
            case Phase.Draining draining -> false;
            case Phase.ShuttingDown shuttingDown -> false;
            case Phase.Standby standby -> false;
        };
    }

    /** Since when it serves; empty if it does not. */
    public Optional<Instant> inService() {
        return phase instanceof Phase.InService(Instant since) ? Optional.of(since) : Optional.empty();
    }

    /** In another phase. */
    public Member in(Phase next) {
        return new Member(shape, launched, next, unhealthy);
    }

    /** Found unhealthy, or, with null, healthy. */
    public Member withUnhealthy(@Nullable Unhealthy found) {
        return new Member(shape, launched, phase, found);
    }
}
