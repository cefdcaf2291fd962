package dev.resilient.loadbalancer.event;

/**
 * Why the load balancer answered a request itself, or gave it up: so that a 502 made by the balancer is never mistaken for one made
 * by a target. Each reason fixes the status, and says who is to blame.
 */
public enum BalancerReason {
    /** Not HTTP/1.1, or framed such that two readers could disagree where it ends. */
    MALFORMED_REQUEST(400, Blame.CLIENT),
    /** Not certain to be understood by every reader in the same way, and blocked by the desync mitigation mode. */
    DESYNC_MITIGATION(400, Blame.CLIENT),
    /** A header larger than 16 KiB, or all of them larger than 64 KiB. */
    REQUEST_HEADERS_TOO_LARGE(400, Blame.CLIENT),
    /** The client closed the connection before its request was complete. */
    REQUEST_INCOMPLETE(400, Blame.CLIENT),
    /** The method is not allowed: TRACE. */
    METHOD_NOT_ALLOWED(405, Blame.CLIENT),
    /** The client stopped in the middle of its request for longer than the idle timeout. */
    REQUEST_TIMEOUT(408, Blame.CLIENT),
    /** A request line larger than 16 KiB. */
    URI_TOO_LONG(414, Blame.CLIENT),
    /** The client closed the connection before there was a response; only logged. */
    CLIENT_CLOSED(460, Blame.CLIENT),
    /** X-Forwarded-For names more than 30 addresses. */
    TOO_MANY_FORWARDED_ADDRESSES(463, Blame.CLIENT),
    /** A transfer encoding other than chunked. */
    UNSUPPORTED_TRANSFER_ENCODING(501, Blame.CLIENT),
    /** A version other than HTTP/1.0 and HTTP/1.1. */
    UNSUPPORTED_VERSION(505, Blame.CLIENT),
    /** The URL of a redirect came to more than 8 KiB. */
    REDIRECT_URL_TOO_LONG(507, Blame.CLIENT),
    /** The target, or the network, refused the connection. */
    CONNECT_FAILED(502, Blame.TARGET),
    /** The target closed the connection before its response head was complete. */
    TARGET_CLOSED(502, Blame.TARGET),
    /** The target reset the connection before its response head was complete. */
    TARGET_RESET(502, Blame.TARGET),
    /** The response is not HTTP/1.x, or its head is larger than 32 KiB. */
    MALFORMED_RESPONSE(502, Blame.TARGET),
    /** The deregistration delay of the target elapsed before its response began. */
    DEREGISTRATION_DELAY_ELAPSED(502, Blame.BALANCER),
    /** The target group has no registered targets. */
    NO_TARGETS(503, Blame.BALANCER),
    /** The load balancer was closed before there was a response; only logged. */
    BALANCER_CLOSED(503, Blame.BALANCER),
    /** The target did not accept the connection within the connect timeout. */
    CONNECT_TIMEOUT(504, Blame.TARGET),
    /** The target did not begin its response within the idle timeout. */
    TARGET_TIMEOUT(504, Blame.TARGET),
    /** The response broke off: the target failed, stalled or was deregistered after its head had been passed on. */
    RESPONSE_CUT(BalancerReason.STATUS_OF_TARGET, Blame.TARGET),
    /** The client closed the connection, or stopped reading, in the middle of the response. */
    RESPONSE_ABANDONED(BalancerReason.STATUS_OF_TARGET, Blame.CLIENT);

    /** Stands for a status where the target's own had already been sent. */
    public static final int STATUS_OF_TARGET = 0;

    private final int status;
    private final Blame blame;

    BalancerReason(int status, Blame blame) {
        this.status = status;
        this.blame = blame;
    }

    /** The status that the client is sent or that is logged, or {@link #STATUS_OF_TARGET}. */
    public int status() {
        return status;
    }

    /** Who is to blame. */
    public Blame blame() {
        return blame;
    }

    /** Who made a request fail. */
    public enum Blame {
        /** The request itself, or the client's connection. */
        CLIENT,
        /** The server that was chosen, or the way to it. */
        TARGET,
        /** How the load balancer is configured. */
        BALANCER
    }
}
