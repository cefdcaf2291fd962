package dev.resilient.wire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.signature.Verdict.Fault;
import dev.resilient.wire.signature.Verdict.Flaw;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of a request to S3 under a signature that is good: hashed as a whole, signed chunk by chunk, or not signed, with
 * checksums in headers or in the trailer. One object decodes one body.
 */
final class SignedBody {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String CHUNKS_AND_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    private static final String UNSIGNED_AND_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final Set<String> CHUNKED = Set.of(CHUNKS, CHUNKS_AND_TRAILER, UNSIGNED_AND_TRAILER);
    private static final String SIGNATURE = ";chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";
    /** What a trailer may say: anything else would be a header that nobody has signed. */
    private static final String CHECKSUM = "x-amz-checksum-";

    private static final String HASH_OF_NOTHING = SigningKey.sha256(new byte[0]);

    private final WireRequest request;
    private final Signature signature;
    private final SigningKey key;
    private final byte[] bytes;
    private String previousSignature;
    private int position;

    SignedBody(WireRequest request, Signature signature, SigningKey key) {
        this.request = request;
        this.signature = signature;
        this.key = key;
        this.bytes = request.body();
        this.previousSignature = signature.value();
    }

    /** The request with the plain body, which is what was signed and has the checksums that came with it, and with its trailer. */
    WireRequest decode(String payloadHash) throws Fault {
        WireRequest decoded = request;
        if (CHUNKED.contains(payloadHash)) {
            boolean signed = !payloadHash.equals(UNSIGNED_AND_TRAILER);
            byte[] plain = chunks(signed);
            Map<String, String> trailer = trailer(signed && payloadHash.equals(CHUNKS_AND_TRAILER));
            checkPromised(payloadHash.equals(CHUNKS) ? Set.of() : promised(), trailer.keySet());
            decoded = request.withBody(plain).withHeaders(trailer);
            checkDecodedLength(decoded.body().length);
        } else {
            checkHash(payloadHash);
        }
        Checksum.checkAll(decoded);
        return decoded;
    }

    private void checkHash(String payloadHash) throws Fault {
        if (!payloadHash.equals(UNSIGNED) && !payloadHash.equals(SigningKey.sha256(bytes))) {
            throw new Fault(
                    Flaw.CONTENT_MISMATCH,
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
    }

    /** The names in {@code x-amz-trailer}: what the trailer has to have, and nothing else. */
    private Set<String> promised() {
        return request.headers().getOrDefault("x-amz-trailer", List.of()).stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static void checkPromised(Set<String> promised, Set<String> there) throws Fault {
        if (!promised.equals(there)) {
            throw malformedTrailer();
        }
    }

    private static Fault malformedTrailer() {
        String message = "The request contained trailing data that was not well-formed or did not conform to our"
                + " published schema.";
        return new Fault(Flaw.BROKEN_BODY, message, ServiceError.badRequest("MalformedTrailerError", message));
    }

    private void checkDecodedLength(int length) throws Fault {
        if (!request.header("x-amz-decoded-content-length").equals(Optional.of(Integer.toString(length)))) {
            throw broken();
        }
    }

    private byte[] chunks(boolean signed) throws Fault {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
        while (true) {
            String head = line();
            int end = head.indexOf(';');
            int size = size(end < 0 ? head : head.substring(0, end));
            if (signed) {
                checkChunk(
                        head.startsWith(SIGNATURE, Math.max(end, 0)) ? head.substring(end + SIGNATURE.length()) : "",
                        size);
            }
            if (size == 0) {
                return plain.toByteArray();
            }
            plain.write(bytes, position, size);
            position += size;
            if (!line().isEmpty()) {
                throw broken();
            }
        }
    }

    private void checkChunk(String actual, int size) throws Fault {
        String expected = key.signature(String.join(
                "\n",
                "AWS4-HMAC-SHA256-PAYLOAD",
                signature.timestamp(),
                signature.scope().toString(),
                previousSignature,
                HASH_OF_NOTHING,
                SigningKey.sha256(bytes, position, size)));
        SignatureVerifier.checkEqual(expected, actual);
        previousSignature = expected;
    }

    private Map<String, String> trailer(boolean signed) throws Fault {
        Map<String, String> trailer = new LinkedHashMap<>();
        StringBuilder covered = new StringBuilder();
        String actual = "";
        while (position < bytes.length) {
            String line = line();
            int colon = line.indexOf(':');
            if (line.startsWith(TRAILER_SIGNATURE + ":")) {
                actual = line.substring(colon + 1).strip();
            } else if (line.startsWith(CHECKSUM) && colon > 0) {
                trailer.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
                covered.append(line.strip()).append('\n');
            } else if (!line.isBlank()) {
                throw malformedTrailer();
            }
        }
        if (signed) {
            checkTrailer(covered.toString(), actual);
        }
        return trailer;
    }

    private void checkTrailer(String covered, String actual) throws Fault {
        String expected = key.signature(String.join(
                "\n",
                "AWS4-HMAC-SHA256-TRAILER",
                signature.timestamp(),
                signature.scope().toString(),
                previousSignature,
                SigningKey.sha256(covered.getBytes(UTF_8))));
        SignatureVerifier.checkEqual(expected, actual);
    }

    private int size(String digits) throws Fault {
        if (!digits.matches("[0-9a-fA-F]{1,7}")) {
            throw broken();
        }
        int size = Integer.parseInt(digits, 16);
        if (size > bytes.length - position) {
            throw broken();
        }
        return size;
    }

    /** The text up to the next line end, which is passed over; a line may end in a bare line feed in the trailer. */
    private String line() throws Fault {
        int end = position;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            throw broken();
        }
        String line = new String(bytes, position, end - position, UTF_8);
        position = end + 1;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static Fault broken() {
        return new Fault(
                Flaw.BROKEN_BODY,
                "You did not provide the number of bytes specified by the Content-Length HTTP header");
    }
}
