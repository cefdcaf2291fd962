package dev.resilient.loadbalancer.event;

import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;

/** Something that happened in a load balancer. */
public sealed interface BalancerEvent {

    /** A request was answered or given up. */
    record RequestFinished(Exchange exchange) implements BalancerEvent {}

    /** A connection was made: by a client that was admitted, or to a target for requests. */
    record ConnectionOpened(Peer peer) implements BalancerEvent {}

    /** A connection that was made has ended. */
    record ConnectionClosed(Peer peer) implements BalancerEvent {}

    /**
     * The health of a target changed.
     *
     * @param group the name of its target group
     */
    record TargetHealthChanged(String group, Target target, TargetHealth before, TargetHealth after)
            implements BalancerEvent {}

    /** Who is at the other end of a connection. */
    enum Peer {
        CLIENT,
        TARGET
    }
}
