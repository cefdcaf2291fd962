package dev.resilient.loadbalancer.event;

import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;

/** Something that happened in a load balancer. */
public sealed interface BalancerEvent {

    /** A request was answered or given up. */
    record RequestFinished(Exchange exchange) implements BalancerEvent {}

    /**
     * The health of a target changed.
     *
     * @param group the name of its target group
     */
    record TargetHealthChanged(String group, Target target, TargetHealth before, TargetHealth after)
            implements BalancerEvent {}
}
