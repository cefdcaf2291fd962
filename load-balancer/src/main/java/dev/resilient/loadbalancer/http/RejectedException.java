package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;

/** A message that is not passed on, and why. Has no stack trace: it is an expected outcome of reading what strangers send. */
public final class RejectedException extends Exception {
    private final BalancerReason reason;

    RejectedException(BalancerReason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public BalancerReason reason() {
        return reason;
    }
}
