package dev.resilient.cloud.autoscaling.group;

import java.util.Map;
import java.util.Optional;

/**
 * What Auto Scaling needs of Elastic Load Balancing; instances are registered on their target group's own port.
 * Implementations are thread-safe and answer without waiting.
 */
public interface TargetGroupLink {

    /** Whether there is a target group with this ARN. */
    boolean exists(String targetGroupArn);

    /** Registers an instance; does nothing if it is registered already or the target group is gone. */
    void register(String targetGroupArn, String instanceId);

    /** Starts to deregister an instance; does nothing if it is on its way out, is not registered, or the group is gone. */
    void deregister(String targetGroupArn, String instanceId);

    /**
     * How the instances are to which requests may be in flight, by their ids: those that are registered and run, and those that
     * have not drained yet.
     */
    Map<String, Health> targets(String targetGroupArn);

    /** What a load balancer sends to a target group; empty if no load balancer does. */
    Optional<Traffic> traffic(String targetGroupArn);

    /**
     * Requests to a target group.
     *
     * @param resourceLabel names load balancer and target group: {@code app/NAME/ID/targetgroup/NAME/ID}
     * @param requests those for which a target was chosen, since the load balancer was started
     */
    record Traffic(String resourceLabel, long requests) {}

    /** What the health checks say, the best first. */
    enum Health {
        HEALTHY,
        /** Not checked yet, not in use, or draining. */
        UNKNOWN,
        UNHEALTHY
    }
}
