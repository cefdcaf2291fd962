package dev.resilient.cloud.autoscaling;

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

    /** Whether no request to this instance can be in flight any more: it is not registered, and has drained. */
    boolean drained(String targetGroupArn, String instanceId);

    /** Whether at least one registered instance passes the health checks. */
    boolean anyHealthy(String targetGroupArn);
}
