package dev.resilient.cloud.event;

import java.time.Instant;

/** Something that happened in the cloud. Whoever shows it only renders it. */
public sealed interface CloudEvent {

    /** When it happened. */
    Instant at();

    /** An instance went from one state to another; states are EC2's: {@code pending}, {@code running}, …. */
    record InstanceStateChanged(Instant at, String instanceId, String from, String to) implements CloudEvent {}

    /** A target's health changed; states and reasons are Elastic Load Balancing's. The reason is empty when healthy. */
    record TargetHealthChanged(
            Instant at, String targetGroup, String targetId, int port, String from, String to, String reason)
            implements CloudEvent {}

    /** A scaling activity began or went on; {@code status} is Auto Scaling's. */
    record ScalingActivityChanged(Instant at, String group, String description, String cause, String status)
            implements CloudEvent {}

    /** A call was answered; {@code error} is its code, empty on success. */
    record CallAnswered(Instant at, String caller, String action, int status, String error) implements CloudEvent {}
}
