package dev.resilient.loadbalancer.event;

import dev.resilient.loadbalancer.target.Target;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One finished request, from its first byte to the last byte of its response: all that tests, access logs and metrics are made of.
 *
 * @param connection where it came in
 * @param request what was asked for
 * @param decision what was decided about it; absent if it was refused before
 * @param target who was chosen to answer it; absent if nobody was
 * @param status what the client was sent; or what would have been sent, had it waited
 * @param targetStatus what the target answered; absent if it did not
 * @param reason why the balancer answered or gave up; absent if a target's response, or one made for the rule, was sent in full
 */
public record Exchange(
        Connection connection,
        Request request,
        Optional<Decision> decision,
        Optional<Target> target,
        int status,
        OptionalInt targetStatus,
        Optional<BalancerReason> reason,
        Timeline timeline,
        Traffic traffic) {

    /** The address it came from. */
    public InetSocketAddress client() {
        return connection.client();
    }

    /** Its method; {@code -} if it could not be read. */
    public String method() {
        return request.method();
    }

    /** Its request target as the client sent it; {@code -} if it could not be read. */
    public String uri() {
        return request.uri();
    }

    /** What could make two readers disagree about it; absent if it complies, or was never complete. */
    public Optional<DesyncReason> desync() {
        return request.desync();
    }

    /** The priority of the rule that decided, 0 for the default action; absent if it was refused before. */
    public OptionalInt rulePriority() {
        return decision.isPresent() ? OptionalInt.of(decision.get().rulePriority()) : OptionalInt.empty();
    }

    /**
     * The client's connection.
     *
     * @param client the client's end
     * @param listener the load balancer's end
     * @param traceId {@code TID_} and 32 hexadecimal digits, the same for all requests of a connection
     */
    public record Connection(InetSocketAddress client, InetSocketAddress listener, String traceId) {}

    /**
     * What was asked for. Of a request that could not be read, method, uri, path and protocol are {@code -} and the rest is empty.
     *
     * @param uri the request target as the client sent it
     * @param path the request target in origin form
     * @param host the host without its port; empty if none was named
     * @param protocol {@code HTTP/1.1} or {@code HTTP/1.0}
     * @param userAgent empty if the client named none
     * @param traceId the value of X-Amzn-Trace-Id that a target is sent
     * @param upgrade the other protocols that were offered; empty if none
     * @param desync what could make two readers disagree about it; absent if it complies, or was never complete
     */
    public record Request(
            String method,
            String uri,
            String path,
            String host,
            String protocol,
            String userAgent,
            String traceId,
            String upgrade,
            InvalidFields invalidFields,
            Optional<DesyncReason> desync) {

        /** One that could not be read. */
        public static Request unreadable(Optional<DesyncReason> desync) {
            return new Request("-", "-", "-", "", "-", "", "", "", InvalidFields.NONE, desync);
        }
    }

    /** What became of fields whose names have other characters than letters, digits and hyphens. */
    public enum InvalidFields {
        /** There were none. */
        NONE,
        /** A target was to be sent them. */
        FORWARDED,
        /** No target was to be sent them. */
        DROPPED
    }

    /**
     * What was decided about it.
     *
     * @param rulePriority of the rule that decided; 0 for the default action
     * @param rulesEvaluated how many rules were tried for it, the default action not counted
     * @param group the name of the target group that it was to be sent to
     * @param failOpen whether so few targets of the group were healthy that one that is not could be chosen
     * @param redirectUrl where the client was sent
     */
    public record Decision(
            int rulePriority,
            int rulesEvaluated,
            Action action,
            Optional<String> group,
            boolean failOpen,
            Optional<String> redirectUrl) {}

    /** Kinds of actions. */
    public enum Action {
        FORWARD("forward"),
        FIXED_RESPONSE("fixed-response"),
        REDIRECT("redirect");

        private final String wireName;

        Action(String wireName) {
            this.wireName = wireName;
        }

        /** What AWS's access logs call it. */
        public String wireName() {
            return wireName;
        }
    }

    /**
     * When its steps happened. A step that did not happen is absent.
     *
     * @param accepted when its first byte was read
     * @param ruledNanos elapsed since {@code accepted} when its head had been read and a rule decided
     * @param targetChosenNanos elapsed since {@code accepted} when a target was chosen
     * @param connectedNanos elapsed since {@code accepted} when there was a connection to the target, new or kept alive
     * @param firstByteNanos elapsed since {@code accepted} when the head of the final response was passed on
     * @param lastByteNanos elapsed since {@code accepted} when the response ended or the request was given up
     */
    public record Timeline(
            Instant accepted,
            OptionalLong ruledNanos,
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
