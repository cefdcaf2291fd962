package dev.resilient.wire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.wire.Gate.AccessKey;
import dev.resilient.wire.KeyRing;
import dev.resilient.wire.Signer;
import dev.resilient.wire.http.WireRequest;
import dev.resilient.wire.signature.Verdict.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bodies that come in chunks, framed and signed here by the published algorithm. */
final class SignedBodyTest {
    private static final Instant NOON = Instant.parse("2015-08-30T12:36:00Z");
    private static final AccessKey KEY = new AccessKey(KeyRing.ID, KeyRing.SECRET, null, null, KeyRing.ALICE);
    private static final Signer SIGNER = Signer.of("s3");
    private static final String CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final String CRC_OF_HELLO_WORLD = "DUoRhQ==";

    @Test
    void signed_chunks_become_the_plain_body() {
        WireRequest request = request(CHUNKS, Map.of("x-amz-decoded-content-length", "11"));
        String body = signedChunks(request, "hello ", "world", "");
        assertThat(verify(request, body)).isInstanceOfSatisfying(Verdict.Valid.class, valid -> assertThat(
                        valid.request().body())
                .asString(UTF_8)
                .isEqualTo("hello world"));
    }

    @Test
    void a_chunk_that_was_changed_moved_or_left_out_is_noticed() {
        WireRequest request = request(CHUNKS, Map.of("x-amz-decoded-content-length", "11"));
        String good = signedChunks(request, "hello ", "world", "");
        assertThat(flaw(request, good.replace("world", "wOrld"))).isEqualTo(Flaw.MISMATCH);
        assertThat(flaw(request, good.replaceFirst("(?s)6;.*?hello \r\n", ""))).isEqualTo(Flaw.MISMATCH);
        assertThat(flaw(request, good.replaceAll(";chunk-signature=[0-9a-f]+", "")))
                .isEqualTo(Flaw.MISMATCH);
        WireRequest longer = request(CHUNKS, Map.of("x-amz-decoded-content-length", "12"));
        assertThat(flaw(longer, signedChunks(longer, "hello ", "world", ""))).isEqualTo(Flaw.BROKEN_BODY);
    }

    @Test
    void framing_that_ends_too_early_or_makes_no_sense_is_noticed() {
        WireRequest request = request(UNSIGNED, Map.of("x-amz-decoded-content-length", "5"));
        for (String body :
                List.of("", "5", "5\r\nhel", "5\r\nhello", "zz\r\n", "fffffff\r\nhello\r\n", "5\r\nhelloXX0\r\n")) {
            assertThat(flaw(request, body)).as(body).isEqualTo(Flaw.BROKEN_BODY);
        }
    }

    @Test
    void the_checksum_in_the_trailer_of_an_unsigned_body_counts() {
        WireRequest request = request(
                UNSIGNED, Map.of("x-amz-decoded-content-length", "11", "x-amz-trailer", "x-amz-checksum-crc32"));
        String frame = "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:";
        assertThat(verify(request, frame + CRC_OF_HELLO_WORLD + "\r\n\r\n"))
                .isInstanceOfSatisfying(
                        Verdict.Valid.class, valid -> assertThat(valid.request().header("x-amz-checksum-crc32"))
                                .contains(CRC_OF_HELLO_WORLD));
        assertThat(flaw(request, frame + "AAAAAA==\r\n\r\n")).isEqualTo(Flaw.WRONG_CHECKSUM);
        assertThat(flaw(request, "b\r\nhello world\r\n0\r\n\r\n")).isEqualTo(Flaw.BROKEN_BODY);
        assertThat(flaw(request, frame + CRC_OF_HELLO_WORLD + "\r\nx-more:1\r\n"))
                .isEqualTo(Flaw.BROKEN_BODY);
    }

    @Test
    void a_trailer_cannot_add_headers_that_nobody_signed() {
        WireRequest request = request(UNSIGNED, Map.of("x-amz-decoded-content-length", "5"));
        assertThat(flaw(request, "5\r\nhello\r\n0\r\nx-amz-copy-source:/other/key\r\n\r\n"))
                .isEqualTo(Flaw.BROKEN_BODY);
    }

    @Test
    void the_checksum_in_a_header_counts() {
        String hash = Signer.sha256("hello world");
        assertThat(verify(request(hash, Map.of("x-amz-checksum-crc32", CRC_OF_HELLO_WORLD)), "hello world"))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(flaw(request(hash, Map.of("x-amz-checksum-crc32", "AAAAAA==")), "hello world"))
                .isEqualTo(Flaw.WRONG_CHECKSUM);
        assertThat(flaw(request(hash, Map.of("content-md5", "AAAA")), "hello world"))
                .isEqualTo(Flaw.WRONG_CHECKSUM);
    }

    private static String signedChunks(WireRequest request, String... chunks) {
        String previous = signature(request).value();
        StringBuilder body = new StringBuilder();
        for (String chunk : chunks) {
            previous = SIGNER.sign(String.join(
                    "\n",
                    "AWS4-HMAC-SHA256-PAYLOAD",
                    Signer.TIME,
                    SIGNER.scope(),
                    previous,
                    Signer.sha256(""),
                    Signer.sha256(chunk)));
            body.append(Integer.toHexString(chunk.length()))
                    .append(";chunk-signature=")
                    .append(previous)
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return body.toString();
    }

    private static WireRequest request(String contentHash, Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(more);
        headers.put("host", "example.amazonaws.com");
        headers.put("x-amz-date", Signer.TIME);
        headers.put("x-amz-content-sha256", contentHash);
        headers.put("authorization", SIGNER.authorization("PUT", "/b/k", "", headers, contentHash));
        Map<String, List<String>> lists = new TreeMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new WireRequest("PUT", "/b/k", "", lists, new byte[0]);
    }

    private static Verdict verify(WireRequest request, String body) {
        SignatureVerifier verifier = new SignatureVerifier(
                new SignatureVerifier.Rules("s3", List.of("us-east-1"), Duration.ofMinutes(15), true));
        return verifier.verify(request.withBody(body.getBytes(UTF_8)), signature(request), Optional.of(KEY), NOON);
    }

    private static Flaw flaw(WireRequest request, String body) {
        return ((Verdict.Invalid) verify(request, body)).flaw();
    }

    private static Signature signature(WireRequest request) {
        try {
            return Signature.of(request).orElseThrow();
        } catch (Verdict.Fault fault) {
            throw new AssertionError(fault.verdict().toString());
        }
    }
}
