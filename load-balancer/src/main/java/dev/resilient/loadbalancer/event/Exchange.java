package dev.resilient.loadbalancer.event;

import dev.resilient.loadbalancer.target.Target;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One finished request, from its first byte to the last byte of its response.
 *
 * @param client the address it came from
 * @param method its method; {@code -} if it could not be read
 * @param uri its request target as the client sent it; {@code -} if it could not be read
 * @param desync what could make two readers disagree about it; absent if it complies, or was never complete
 * @param rulePriority the priority of the rule that decided, 0 for the default action; absent if the request could not be read
 * @param target who was chosen to answer it; absent if nobody was
 * @param status what the client was sent; or what would have been sent, had it waited
 * @param reason why the balancer answered or gave up; absent if a target's response, a fixed response or a redirect was sent in full
 */
public record Exchange(
        InetSocketAddress client,
        String method,
        String uri,
        Optional<DesyncReason> desync,
        OptionalInt rulePriority,
        Optional<Target> target,
        int status,
        Optional<BalancerReason> reason,
        Timeline timeline,
        Traffic traffic) {

    /**
     * When its steps happened. A step that did not happen is absent.
     *
     * @param accepted when its first byte was read
     * @param targetChosenNanos elapsed since {@code accepted} when a target was chosen
     * @param connectedNanos elapsed since {@code accepted} when there was a connection to the target, new or kept alive
     * @param firstByteNanos elapsed since {@code accepted} when the head of the final response was passed on
     * @param lastByteNanos elapsed since {@code accepted} when the response ended or the request was given up
     */
    public record Timeline(
            Instant accepted,
            OptionalLong targetChosenNanos,
            OptionalLong connectedNanos,
            OptionalLong firstByteNanos,
            long lastByteNanos) {}

    /**
     * The bytes exchanged with the client, heads and framing included.
     *
     * @param receivedBytes of the request
     * @param sentBytes of the response
     */
    public record Traffic(long receivedBytes, long sentBytes) {}
}
