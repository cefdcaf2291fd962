package dev.resilient.wire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.signature.Verdict.Fault;
import dev.resilient.wire.signature.Verdict.Flaw;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies signature version 4 of the requests to one service: a request, a key and the time in, a verdict out. Keeps nothing
 * but derived keys. Thread-safe.
 *
 * <p>See "Signature Version 4 for API requests" in the IAM user guide and "Authenticating Requests" in the S3 API reference.
 */
public final class SignatureVerifier {
    private static final String MISMATCH = "The request signature we calculated does not match the signature you"
            + " provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.";
    private final SigningKeys keys = new SigningKeys();
    private final Rules rules;

    /** A verifier for a service with these rules. */
    public SignatureVerifier(Rules rules) {
        this.rules = rules;
    }

    /**
     * What a service demands of a signature.
     *
     * @param service the service that the credential scope must name
     * @param regions every region that the credential scope may name, the endpoint's own one first
     * @param window how far the request's time may be from the server's
     * @param storage whether the service is S3: paths are taken as they are, the header {@code x-amz-content-sha256} must be
     *     there, and bodies may be unsigned or signed chunk by chunk
     */
    public record Rules(String service, List<String> regions, Duration window, boolean storage) {}

    /** Whether {@code signature} is one that {@code key} makes for {@code request}, and one to be accepted {@code now}. */
    public Verdict verify(WireRequest request, Signature signature, Optional<AccessKey> key, Instant now) {
        try {
            AccessKey known = key.orElseThrow(
                    () -> new Fault(Flaw.UNKNOWN_KEY, "The security token included in the request is invalid."));
            checkScope(signature);
            checkClock(signature, now);
            checkToken(signature, known, now);
            checkSignedHeaders(request, signature);
            return new Verdict.Valid(checkSignature(request, signature, keys.of(known, signature.scope())));
        } catch (Fault fault) {
            return fault.verdict();
        }
    }

    private WireRequest checkSignature(WireRequest request, Signature signature, SigningKey key) throws Fault {
        String payloadHash = payloadHash(request, signature);
        String canonical = CanonicalRequest.of(request, signature, rules.storage(), payloadHash);
        String expected = key.signature(String.join(
                "\n",
                Signature.ALGORITHM,
                signature.timestamp(),
                signature.scope().toString(),
                SigningKey.sha256(canonical.getBytes(UTF_8))));
        checkEqual(expected, signature.value());
        return rules.storage() ? new SignedBody(request, signature, key).decode(payloadHash) : request;
    }

    /** Compares two signatures in a time that does not tell how much of them agrees. */
    static void checkEqual(String expected, String actual) throws Fault {
        if (!MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8))) {
            throw new Fault(Flaw.MISMATCH, MISMATCH);
        }
    }

    private String payloadHash(WireRequest request, Signature signature) throws Fault {
        if (!rules.storage()) {
            return SigningKey.sha256(request.body());
        }
        Optional<String> header = request.header("x-amz-content-sha256");
        if (header.isEmpty() && signature.lifetime().isEmpty()) {
            throw new Fault(Flaw.NO_CONTENT_HASH, "Missing required header for this request: x-amz-content-sha256");
        }
        return header.orElse(SignedBody.UNSIGNED);
    }

    private void checkScope(Signature signature) throws Fault {
        Signature.Scope scope = signature.scope();
        if (!scope.terminator().equals("aws4_request")) {
            throw wrongScope(
                    signature,
                    "Credential should be scoped with a valid terminator: 'aws4_request', not '" + scope.terminator()
                            + "'.",
                    "incorrect terminal \"" + scope.terminator() + "\". This endpoint uses \"aws4_request\".");
        }
        if (!scope.service().equals(rules.service())) {
            throw wrongScope(
                    signature,
                    "Credential should be scoped to correct service: '" + rules.service() + "'.",
                    "incorrect service \"" + scope.service() + "\". This endpoint belongs to \"" + rules.service()
                            + "\".");
        }
        if (!rules.regions().contains(scope.region())) {
            throw wrongScope(
                    signature,
                    "Credential should be scoped to a valid Region, not '" + scope.region() + "'.",
                    "the region '" + scope.region() + "' is wrong; expecting '"
                            + rules.regions().getFirst() + "'");
        }
        if (!signature.timestamp().startsWith(scope.date() + "T")) {
            String date = signature.timestamp().split("T", 2)[0];
            throw new Fault(
                    Flaw.WRONG_SCOPE,
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                            + scope.date() + "' != '" + date + "', from '" + signature.timestamp() + "'.",
                    signature.malformed("Invalid credential date \"" + scope.date()
                            + "\". This date is not the same as X-Amz-Date: \"" + date + "\"."));
        }
    }

    private static Fault wrongScope(Signature signature, String message, String inStorage) {
        return new Fault(Flaw.WRONG_SCOPE, message, signature.malformed(signature.credentialMalformed() + inStorage));
    }

    /** Only S3 goes by the lifetime of a presigned request; the others have one window for all. */
    private void checkClock(Signature signature, Instant now) throws Fault {
        Instant signedAt = signature.signedAt();
        boolean presigned = rules.storage() && signature.lifetime().isPresent();
        Instant earliest = now.minus(presigned ? signature.lifetime().orElseThrow() : rules.window());
        Instant latest = now.plus(rules.window());
        String minutes = " " + rules.window().toMinutes() + " min.)";
        if (signedAt.isBefore(earliest)) {
            throw presigned
                    ? new Fault(Flaw.PRESIGNED_EXPIRED, "Request has expired")
                    : new Fault(
                            Flaw.TOO_LATE,
                            "Signature expired: " + signature.timestamp() + " is now earlier than "
                                    + Signature.timestamp(earliest) + " (" + Signature.timestamp(now) + " -" + minutes);
        }
        if (signedAt.isAfter(latest)) {
            String message = "Signature not yet current: " + signature.timestamp() + " is still later than "
                    + Signature.timestamp(latest) + " (" + Signature.timestamp(now) + " +" + minutes;
            throw presigned
                    ? new Fault(
                            Flaw.TOO_EARLY, message, new ServiceError("AccessDenied", 403, "Request is not yet valid"))
                    : new Fault(Flaw.TOO_EARLY, message);
        }
    }

    private static void checkToken(Signature signature, AccessKey key, Instant now) throws Fault {
        String expected = key.sessionToken() == null ? "" : key.sessionToken();
        String actual = signature.securityToken().orElse("");
        if (!MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8))) {
            throw new Fault(Flaw.WRONG_TOKEN, "The security token included in the request is invalid.");
        }
        if (key.expiration() != null && !now.isBefore(key.expiration())) {
            throw new Fault(Flaw.EXPIRED_TOKEN, "The security token included in the request is expired");
        }
    }

    private static void checkSignedHeaders(WireRequest request, Signature signature) throws Fault {
        Set<String> signed = Set.copyOf(signature.signedHeaders());
        if (!signed.contains("host")) {
            throw new Fault(
                    Flaw.UNSIGNED_HEADER, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        for (String name : request.headers().keySet()) {
            if (name.startsWith("x-amz-") && !signed.contains(name)) {
                throw new Fault(
                        Flaw.UNSIGNED_HEADER, "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
            }
        }
    }
}
