package dev.resilient.cloud.elb;

import java.util.Optional;

/** A listener of a load balancer, and what it does with requests. Its protocol is HTTP. */
record ListenerRecord(String arn, String loadBalancerArn, int port, DefaultAction action) {

    /** The target group that it forwards to; empty if it answers itself. */
    Optional<String> targetGroup() {
        return switch (action) {
            case DefaultAction.Forward(String targetGroupArn) -> Optional.of(targetGroupArn);
            case DefaultAction.FixedResponse fixed -> Optional.empty();
        };
    }

    boolean forwardsTo(String targetGroupArn) {
        return targetGroup().filter(targetGroupArn::equals).isPresent();
    }

    /** What a listener does with requests. */
    sealed interface DefaultAction {
        /** Sends them to a target. */
        record Forward(String targetGroupArn) implements DefaultAction {}

        /** Answers them. */
        record FixedResponse(int status, String contentType, String body) implements DefaultAction {}
    }
}
