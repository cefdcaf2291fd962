package dev.resilient.cloud.elb.operation;

import static dev.resilient.loadbalancer.target.TargetReason.INVALID_STATE;
import static dev.resilient.loadbalancer.target.TargetReason.NOT_IN_USE;
import static dev.resilient.loadbalancer.target.TargetReason.NOT_REGISTERED;
import static dev.resilient.loadbalancer.target.TargetReason.REGISTRATION_IN_PROGRESS;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.elb.attribute.HealthChecks;
import dev.resilient.cloud.elb.dataplane.DataPlane;
import dev.resilient.cloud.elb.dataplane.Neighbours;
import dev.resilient.cloud.elb.resource.Stores;
import dev.resilient.cloud.elb.resource.TargetGroupRecord;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.target.AnomalyDetection;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetReason;
import dev.resilient.loadbalancer.target.TargetState;
import dev.resilient.loadbalancer.target.TargetStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * The health of targets as the API shows it: what the load balancer found out, and what it cannot know, since it neither checks
 * nor uses targets that do not run or that are in another zone.
 */
record TargetHealths(CloudContext cloud, Stores stores, Neighbours neighbours, DataPlane dataPlane) {

    /** Registered targets in the order of registration, then those that drain. */
    List<TargetHealthDescription> of(TargetGroupRecord group) {
        List<TargetStatus> inUse = dataPlane.targets(group.arn());
        Stream<TargetHealthDescription> registered = group.targets().stream()
                .flatMap(target -> neighbours.findInstance(target.id()).stream()
                        .map(instance -> registered(group, target, instance, inUse)));
        Stream<TargetHealthDescription> draining = inUse.stream()
                .filter(TargetHealths::isDraining)
                .filter(status -> !group.targets().contains(described(status.target())))
                .map(status -> shown(group, described(status.target()), status.health(), status.anomalyDetection()));
        return Stream.concat(registered, draining).toList();
    }

    /** One target, which need not be registered. */
    TargetHealthDescription of(TargetGroupRecord group, TargetDescription target) {
        return of(group).stream()
                .filter(shown -> shown.target().equals(target))
                .findFirst()
                .orElse(shown(group, target, unused(NOT_REGISTERED), AnomalyDetection.NORMAL));
    }

    private TargetHealthDescription registered(
            TargetGroupRecord group, TargetDescription target, Instance instance, List<TargetStatus> inUse) {
        Optional<TargetStatus> used = inUse.stream()
                .filter(status -> described(status.target()).equals(target) && !isDraining(status))
                .findFirst();
        return shown(
                group,
                target,
                notUsable(group, instance)
                        .or(() -> used.map(TargetStatus::health))
                        .orElse(TargetHealth.of(TargetState.INITIAL, REGISTRATION_IN_PROGRESS)),
                used.map(TargetStatus::anomalyDetection).orElse(AnomalyDetection.NORMAL));
    }

    /** A health check's port is left out for a target that nothing checks because its group is not in use. */
    private static TargetHealthDescription shown(
            TargetGroupRecord group, TargetDescription target, TargetHealth health, AnomalyDetection detected) {
        Optional<TargetReason> reason = health.reason();
        String checkPort = group.shape().healthCheckPort().equals(HealthChecks.TRAFFIC_PORT)
                ? target.port().toString()
                : group.shape().healthCheckPort();
        return TargetHealthDescription.builder()
                .target(target)
                .healthCheckPort(reason.equals(Optional.of(NOT_IN_USE)) ? null : checkPort)
                .targetHealth(shown -> shown.state(health.state().wireName())
                        .reason(reason.map(TargetReason::wireName).orElse(null))
                        .description(health.description().orElse(null)))
                .anomalyDetection(shown -> shown.result(detected.anomalous() ? "anomalous" : "normal")
                        .mitigationInEffect(detected.mitigationInEffect() ? "yes" : "no"))
                .build();
    }

    private Optional<TargetHealth> notUsable(TargetGroupRecord group, Instance instance) {
        return switch (instance.state().name()) {
            case PENDING -> Optional.of(unused(INVALID_STATE));
            case STOPPING, STOPPED -> Optional.of(ended("Target is in the stopped state"));
            case SHUTTING_DOWN, TERMINATED, UNKNOWN_TO_SDK_VERSION ->
                Optional.of(ended("Target is in the terminated state"));
            case RUNNING ->
                stores.loadBalancerOf(group.arn())
                        .filter(loadBalancer -> !loadBalancer
                                .zones()
                                .contains(instance.placement().availabilityZone()))
                        .map(loadBalancer -> TargetHealth.ZONE_NOT_ENABLED);
        };
    }

    private static boolean isDraining(TargetStatus status) {
        return status.health().state() == TargetState.DRAINING;
    }

    private static TargetDescription described(Target target) {
        return TargetGroupRecord.target(target.id(), target.address().getPort());
    }

    private static TargetHealth unused(TargetReason reason) {
        return TargetHealth.of(TargetState.UNUSED, reason);
    }

    private static TargetHealth ended(String description) {
        return new TargetHealth(TargetState.UNUSED, Optional.of(INVALID_STATE), Optional.of(description));
    }

    /** Passes on what a load balancer says about targets, as the API shows it. Called on the load balancer's threads. */
    void publish(BalancerEvent event) {
        if (event instanceof BalancerEvent.TargetHealthChanged changed) {
            stores.targetGroups().all().find(changed.group()).ifPresent(group -> publish(group, changed));
        }
    }

    /** A target that leaves because it does not run any more is not draining: it is unused. */
    private void publish(TargetGroupRecord group, BalancerEvent.TargetHealthChanged changed) {
        TargetDescription target = described(changed.target());
        Optional<TargetHealth> notUsable = group.targets().contains(target)
                ? neighbours.findInstance(target.id()).flatMap(instance -> notUsable(group, instance))
                : Optional.empty();
        TargetHealth after = notUsable.orElse(changed.after());
        TargetHealth before =
                notUsable.isPresent() && changed.before().state() == TargetState.DRAINING ? after : changed.before();
        if (!before.equals(after)) {
            cloud.events()
                    .publish(new CloudEvent.TargetHealthChanged(
                            cloud.time().instant(),
                            group.name(),
                            target.id(),
                            target.port(),
                            before.state().wireName(),
                            after.state().wireName(),
                            after.reason().map(TargetReason::wireName).orElse("")));
        }
    }
}
