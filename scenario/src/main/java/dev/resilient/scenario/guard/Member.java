package dev.resilient.scenario.guard;

import java.time.Duration;

/**
 * An instance in service in the Auto Scaling group, as the guard knows it at one moment.
 *
 * @param instanceId which instance
 * @param zone its Availability Zone
 * @param inService for how long the guard has seen it in service
 * @param condition what its heartbeats say
 * @param lasting for how long the guard has seen that condition, without a look that failed in between
 * @param reachable whether the load balancer finds it healthy, by its own fast check
 */
public record Member(
        String instanceId, String zone, Duration inService, Condition condition, Duration lasting, boolean reachable) {

    /** What heartbeats say about an instance. */
    public enum Condition {
        /** It writes that it works. */
        WORKING,
        /** It writes that it cannot do its work. */
        FAILING,
        /** It has stopped writing, or never began to. */
        SILENT
    }

    /** Whether users get what they want from it, as far as anybody can tell. */
    boolean isWorking() {
        return condition == Condition.WORKING;
    }

    /** Whether only its silence speaks against it: it may be that nothing but its way to the table is broken. */
    boolean mayStillWork() {
        return condition == Condition.SILENT && reachable;
    }
}
