package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that is not passed on, and why. Has no stack trace: it is an expected outcome of reading what strangers send. */
public final class RejectedException extends Exception {
    private final BalancerReason reason;
    private final @Nullable DesyncReason desync;

    RejectedException(BalancerReason reason) {
        this(reason, null);
    }

    RejectedException(BalancerReason reason, @Nullable DesyncReason desync) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.desync = desync;
    }

    public BalancerReason reason() {
        return reason;
    }

    /** What could make two readers disagree about it, if it is a request and that is known. */
    public Optional<DesyncReason> desync() {
        return Optional.ofNullable(desync);
    }
}
