package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import java.util.List;

/**
 * What the head of a target's response says.
 *
 * @param phrase the status line after the version: code and reason phrase
 * @param keepAlive whether the target wants another request on the connection; of HTTP/1.0 targets that is not asked
 */
public record ResponseHead(MessageHead fields, int status, String phrase, boolean keepAlive, BodyLength body) {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /**
     * Reads a head.
     *
     * @param toHead whether it answers a HEAD request, and so has no body
     * @throws RejectedException if it is no response to pass on
     */
    public static ResponseHead of(MessageHead head, boolean toHead) throws RejectedException {
        StatusLine line = StatusLine.of(head);
        int status = line.status();
        BodyLength framed = framing(head, line.http11());
        boolean bodiless = toHead || status < OK || status == NO_CONTENT || status == NOT_MODIFIED;
        boolean keepAlive = line.http11() && ConnectionOptions.of(head).keepAlive(true);
        return new ResponseHead(head, status, line.phrase(), keepAlive, bodiless ? BodyLength.NONE : framed);
    }

    /** The status code alone. */
    public static int statusOf(MessageHead head) throws RejectedException {
        return StatusLine.of(head).status();
    }

    /** Whether it sets a cookie of this name. */
    public boolean sets(String cookie) {
        return Cookies.sets(fields, cookie);
    }

    /** An interim response, which is followed by another one. */
    public boolean isInterim() {
        return status < OK && status != SWITCHING_PROTOCOLS;
    }

    /** Whether what follows is of another protocol. */
    public boolean isSwitch() {
        return status == SWITCHING_PROTOCOLS;
    }

    /**
     * Checks that another protocol was asked for and is named.
     *
     * @throws RejectedException if not
     */
    public void checkSwitch(boolean offered) throws RejectedException {
        require(offered && !fields.values("upgrade").isEmpty());
    }

    /** Whether a length may be passed on: not with a status that never has a body (RFC 9110 section 8.6), where a reader might trust it. */
    boolean mayHaveLength() {
        return !isInterim() && !isSwitch() && status != NO_CONTENT;
    }

    private static BodyLength framing(MessageHead head, boolean http11) throws RejectedException {
        List<String> encodings = head.values("transfer-encoding");
        List<String> lengths = head.values("content-length");
        if (encodings.isEmpty()) {
            return lengths.isEmpty()
                    ? new BodyLength.UntilClose()
                    : BodyLength.fixed(lengths, BalancerReason.MALFORMED_RESPONSE);
        }
        require(lengths.isEmpty() && encodings.size() == 1 && http11);
        require(encodings.getFirst().equalsIgnoreCase("chunked"));
        return new BodyLength.Chunked();
    }

    private static void require(boolean holds) throws RejectedException {
        if (!holds) {
            throw new RejectedException(BalancerReason.MALFORMED_RESPONSE);
        }
    }
}
