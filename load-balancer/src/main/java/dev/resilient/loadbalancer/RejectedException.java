package dev.resilient.loadbalancer;

/** A message that is not passed on, and why. Has no stack trace: it is an expected outcome of reading what strangers send. */
final class RejectedException extends Exception {
    private final BalancerReason reason;

    RejectedException(BalancerReason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    BalancerReason reason() {
        return reason;
    }
}
