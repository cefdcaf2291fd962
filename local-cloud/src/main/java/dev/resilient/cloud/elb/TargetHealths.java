package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.elb.Instances.Instance;
import dev.resilient.cloud.elb.TargetGroupRecord.Registered;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.target.AnomalyDetection;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetReason;
import dev.resilient.loadbalancer.target.TargetState;
import dev.resilient.loadbalancer.target.TargetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The health of targets as the API shows it: what the load balancer found out, and what it cannot know, since it neither checks
 * nor uses targets that do not run or that are in another zone.
 */
record TargetHealths(CloudContext cloud, Stores stores, Instances instances, DataPlane dataPlane) {
    private static final String OTHER_ZONE =
            "Target is in an Availability Zone that is not enabled for the load balancer";

    /** A target, its health and how it compares with its peers. */
    record Shown(Registered target, TargetHealth health, AnomalyDetection anomalyDetection) {}

    /** Registered targets in the order of registration, then those that drain. */
    List<Shown> of(TargetGroupRecord group) {
        List<TargetStatus> inUse = dataPlane.targets(group.arn());
        List<Shown> shown = new ArrayList<>();
        for (Registered target : group.targets()) {
            instances
                    .find(target.instanceId())
                    .ifPresent(instance -> shown.add(new Shown(
                            target, health(group, target, instance, inUse), anomalyDetection(target, inUse))));
        }
        for (TargetStatus status : inUse) {
            Registered target = registered(status.target());
            if (isDraining(status) && !group.targets().contains(target)) {
                shown.add(new Shown(target, status.health(), status.anomalyDetection()));
            }
        }
        return shown;
    }

    /** One target, which need not be registered. */
    Shown of(TargetGroupRecord group, Registered target) {
        return of(group).stream()
                .filter(shown -> shown.target().equals(target))
                .findFirst()
                .orElse(new Shown(target, unused(TargetReason.NOT_REGISTERED), AnomalyDetection.NORMAL));
    }

    private static AnomalyDetection anomalyDetection(Registered target, List<TargetStatus> inUse) {
        return inUse.stream()
                .filter(status -> registered(status.target()).equals(target))
                .map(TargetStatus::anomalyDetection)
                .findFirst()
                .orElse(AnomalyDetection.NORMAL);
    }

    private TargetHealth health(
            TargetGroupRecord group, Registered target, Instance instance, List<TargetStatus> inUse) {
        return notUsable(group, instance)
                .or(() -> inUse.stream()
                        .filter(status -> registered(status.target()).equals(target) && !isDraining(status))
                        .map(TargetStatus::health)
                        .findFirst())
                .orElse(new TargetHealth(
                        TargetState.INITIAL,
                        Optional.of(TargetReason.REGISTRATION_IN_PROGRESS),
                        Optional.of(TargetReason.REGISTRATION_IN_PROGRESS.description())));
    }

    private Optional<TargetHealth> notUsable(TargetGroupRecord group, Instance instance) {
        return switch (instance.state()) {
            case PENDING -> Optional.of(unused(TargetReason.INVALID_STATE));
            case STOPPED -> Optional.of(unused(TargetReason.INVALID_STATE, "Target is in the stopped state"));
            case TERMINATED -> Optional.of(unused(TargetReason.INVALID_STATE, "Target is in the terminated state"));
            case RUNNING ->
                stores.loadBalancerOf(group.arn())
                        .filter(loadBalancer -> !loadBalancer.zones().contains(instance.zone()))
                        .map(loadBalancer -> unused(TargetReason.NOT_IN_USE, OTHER_ZONE));
        };
    }

    private static boolean isDraining(TargetStatus status) {
        return status.health().state() == TargetState.DRAINING;
    }

    private static Registered registered(Target target) {
        return new Registered(target.id(), target.address().getPort());
    }

    private static TargetHealth unused(TargetReason reason) {
        return unused(reason, reason.description());
    }

    private static TargetHealth unused(TargetReason reason, String description) {
        return new TargetHealth(TargetState.UNUSED, Optional.of(reason), Optional.of(description));
    }

    /** Passes on what a load balancer says about targets, as the API shows it. Called on the load balancer's threads. */
    void publish(BalancerEvent event) {
        if (event instanceof BalancerEvent.TargetHealthChanged changed) {
            stores.targetGroups().find(changed.group()).ifPresent(group -> publish(group, changed));
        }
    }

    /** A target that leaves because it does not run any more is not draining: it is unused. */
    private void publish(TargetGroupRecord group, BalancerEvent.TargetHealthChanged changed) {
        Registered target = registered(changed.target());
        Optional<TargetHealth> notUsable = group.targets().contains(target)
                ? instances.find(target.instanceId()).flatMap(instance -> notUsable(group, instance))
                : Optional.empty();
        TargetHealth after = notUsable.orElse(changed.after());
        TargetHealth before =
                notUsable.isPresent() && changed.before().state() == TargetState.DRAINING ? after : changed.before();
        if (!before.equals(after)) {
            cloud.events()
                    .publish(new CloudEvent.TargetHealthChanged(
                            cloud.time().instant(),
                            group.name(),
                            target.instanceId(),
                            target.port(),
                            before.state().wireName(),
                            after.state().wireName(),
                            after.reason().map(TargetReason::wireName).orElse("")));
        }
    }
}
