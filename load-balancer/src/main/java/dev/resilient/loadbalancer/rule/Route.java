package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.BalancerResponse;
import dev.resilient.loadbalancer.rotation.Rotation;

/** What is done with one request: an action, made ready for the event loops. */
public sealed interface Route {

    /** Sends it to a target of the group. */
    record ToTarget(Rotation rotation) implements Route {}

    /** Answers it without a target. */
    record Answer(int status, BalancerResponse response) implements Route {}
}
