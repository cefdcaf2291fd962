package dev.resilient.wire.signature;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.http.WireRequest;
import java.util.Optional;

/** What came out of looking at a request's signature. */
public sealed interface Verdict {

    /**
     * Whoever sent it has the key.
     *
     * @param request the request with its body decoded: chunk framing is gone, checksums agree
     */
    record Valid(WireRequest request) implements Verdict {}

    /**
     * Nobody shall act on it.
     *
     * @param message AWS's text, as most services have it
     * @param inStorage S3's own answer, where it is not the flaw's alone
     */
    record Invalid(Flaw flaw, String message, Optional<ServiceError> inStorage) implements Verdict {

        /** A flaw that S3 names as everybody does. */
        public Invalid(Flaw flaw, String message) {
            this(flaw, message, Optional.empty());
        }
    }

    /** What may be wrong with a signature, or with a body that it covers; each service has its own code for it. */
    enum Flaw {
        /** There is no signature at all. */
        UNSIGNED,
        /** Parts of the signature are not there or cannot be read. */
        INCOMPLETE,
        /** Nobody has this key. */
        UNKNOWN_KEY,
        /** The session token is missing, or not the key's. */
        WRONG_TOKEN,
        /** The session is over. */
        EXPIRED_TOKEN,
        /** The credential scope names another date, region, service or terminator. */
        WRONG_SCOPE,
        /** The request was signed too long ago. */
        TOO_LATE,
        /** The request is dated in the future. */
        TOO_EARLY,
        /** A presigned request is over. */
        PRESIGNED_EXPIRED,
        /** A header that must be signed is not. */
        UNSIGNED_HEADER,
        /** The header that says what the body's hash is, is missing where it must be there. */
        NO_CONTENT_HASH,
        /** The signature is not the one that the key makes. */
        MISMATCH,
        /** The body is not the one that was signed. */
        CONTENT_MISMATCH,
        /** The body does not have the checksum that came with it. */
        WRONG_CHECKSUM,
        /** The framing of the body is broken. */
        BROKEN_BODY
    }

    /** Carries an {@link Invalid} verdict out of the depths of a verification; never leaves it. */
    @SuppressWarnings("serial")
    final class Fault extends Exception {
        private final Invalid verdict;

        Fault(Flaw flaw, String message) {
            this(new Invalid(flaw, message));
        }

        Fault(Flaw flaw, String message, ServiceError inStorage) {
            this(new Invalid(flaw, message, Optional.of(inStorage)));
        }

        private Fault(Invalid verdict) {
            super(verdict.message(), null, false, false);
            this.verdict = verdict;
        }

        /** What was found. */
        public Invalid verdict() {
            return verdict;
        }
    }
}
