package dev.resilient.cloud.autoscaling;

/** One thing to do for a group. */
sealed interface Step {

    /** Launch an instance in a zone. */
    record Launch(String zone, String cause) implements Step {}

    /** Register a running instance with the target groups, then let it serve. */
    record EnterService(String instanceId) implements Step {}

    /** Write down that an instance is unhealthy. */
    record MarkUnhealthy(String instanceId, Unhealthy found) implements Step {}

    /** Wait before the next launch, since an instance ended before it had proven itself. */
    record BackOff() implements Step {}

    /** Begin to take an instance out. */
    record Select(String instanceId, String cause) implements Step {}

    /** Deregister an instance that leaves. */
    record Deregister(String instanceId) implements Step {}

    /** Let EC2 terminate an instance that has drained. */
    record ShutDown(String instanceId) implements Step {}

    /** Let go of an instance that is terminated. */
    record Forget(String instanceId) implements Step {}

    /** Bring a target group's attachment further. */
    record AdvanceAttachment(String targetGroupArn) implements Step {}

    /** Remove a deleted group that is empty. */
    record RemoveGroup() implements Step {}
}
