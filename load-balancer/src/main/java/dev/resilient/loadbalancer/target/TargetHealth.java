package dev.resilient.loadbalancer.target;

import java.util.Optional;

/**
 * What is known about the health of a target, as the Elastic Load Balancing API shows it.
 *
 * @param reason why the target is not healthy; absent when it is
 * @param description the reason in words; absent when there is no reason
 */
public record TargetHealth(TargetState state, Optional<TargetReason> reason, Optional<String> description) {

    /** The one health without a reason. */
    public static final TargetHealth HEALTHY =
            new TargetHealth(TargetState.HEALTHY, Optional.empty(), Optional.empty());

    /** Of a target that the load balancer cannot reach from any of its zones. */
    public static final TargetHealth ZONE_NOT_ENABLED = new TargetHealth(
            TargetState.UNUSED,
            Optional.of(TargetReason.NOT_IN_USE),
            Optional.of("Target is in an Availability Zone that is not enabled for the load balancer"));

    public static TargetHealth of(TargetState state, TargetReason reason) {
        return new TargetHealth(state, Optional.of(reason), Optional.of(reason.description()));
    }

    static TargetHealth mismatch(int status) {
        TargetReason reason = TargetReason.RESPONSE_CODE_MISMATCH;
        return new TargetHealth(
                TargetState.UNHEALTHY, Optional.of(reason), Optional.of(reason.description() + "[" + status + "]"));
    }
}
