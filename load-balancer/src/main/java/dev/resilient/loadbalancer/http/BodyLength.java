package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import java.util.List;

/** Where the body of a message ends (RFC 9112 section 6). */
public sealed interface BodyLength {
    BodyLength NONE = new Fixed(0);

    /** After so many bytes. */
    public record Fixed(long bytes) implements BodyLength {}

    /** After the last chunk and its trailers. */
    record Chunked() implements BodyLength {}

    /** With the connection. */
    public record UntilClose() implements BodyLength {}

    /** The most digits that a length may have and still be a long. */
    int MAXIMUM_DIGITS = 18;

    /**
     * What one Content-Length field says: digits and nothing else.
     *
     * @throws RejectedException if there are several, or one that is malformed
     */
    static BodyLength fixed(List<String> contentLengths, BalancerReason malformed) throws RejectedException {
        String digits = contentLengths.getFirst();
        if (contentLengths.size() > 1
                || digits.isEmpty()
                || digits.length() > MAXIMUM_DIGITS
                || !Bytes.areDigits(digits)) {
            throw new RejectedException(malformed);
        }
        return new Fixed(Long.parseLong(digits));
    }
}
