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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignatureVerifierTest {
    private static final Instant NOON = Instant.parse("2015-08-30T12:36:00Z");
    private static final AccessKey KEY = new AccessKey(KeyRing.ID, KeyRing.SECRET, null, null, KeyRing.ALICE);
    private static final SignatureVerifier SERVICE = verifier("service", false);
    private static final SignatureVerifier STORAGE = verifier("s3", true);

    private static SignatureVerifier verifier(String service, boolean storage) {
        return new SignatureVerifier(
                new SignatureVerifier.Rules(service, List.of("us-east-1"), Duration.ofMinutes(15), storage));
    }

    @Test
    void the_published_example_is_valid() {
        WireRequest request = request(
                "GET",
                "/",
                "Param2=value2&Param1=value1",
                Map.of(
                        "host",
                        "example.amazonaws.com",
                        "x-amz-date",
                        Signer.TIME,
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date, Signature="
                                + "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
                "");
        assertThat(SERVICE.verify(request, signature(request), Optional.of(KEY), NOON))
                .isInstanceOf(Verdict.Valid.class);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // path sent | canonical path | query sent | canonical query
                "/ | / | '' | ''",
                "/a/../b | /b | '' | ''",
                "/./a//b/ | /a/b/ | '' | ''",
                "/%E1%88%B4 | /%25E1%2588%25B4 | '' | ''",
                "/a%20b | /a%2520b | '' | ''",
                "/ | / | b=2&a=1 | a=1&b=2",
                "/ | / | a=2&a=1 | a=1&a=2",
                "/ | / | a-=1&a=2 | a=2&a-=1",
                "/ | / | policy | policy=",
                "/ | / | a=b=c | a=b%3Dc",
                "/ | / | a=b%20c+d | a=b%20c%20d",
                "/ | / | %E1%88%B4=bar | %E1%88%B4=bar",
                "/ | / | a=-._~*' | a=-._~%2A%27",
            })
    void awkward_paths_and_queries_have_one_canonical_form(
            String path, String canonicalPath, String query, String canonicalQuery) {
        WireRequest request = signed(Signer.of("service"), "GET", path, canonicalPath, query, canonicalQuery);
        assertThat(SERVICE.verify(request, signature(request), Optional.of(KEY), NOON))
                .isInstanceOf(Verdict.Valid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/bucket/a%20b, /bucket/a%20b",
        "/bucket/a//b/./../c, /bucket/a//b/./../c",
        "/bucket/a+b, /bucket/a%2Bb",
        "/bucket/%C3%BC(1), /bucket/%C3%BC%281%29",
    })
    void objects_are_signed_under_the_very_path_that_names_them(String path, String canonicalPath) {
        Map<String, String> headers = new TreeMap<>(Map.of(
                "host",
                "example.amazonaws.com",
                "x-amz-date",
                Signer.TIME,
                "x-amz-content-sha256",
                "UNSIGNED-PAYLOAD"));
        headers.put(
                "authorization", Signer.of("s3").authorization("GET", canonicalPath, "", headers, "UNSIGNED-PAYLOAD"));
        WireRequest request = request("GET", path, "", headers, "");
        assertThat(STORAGE.verify(request, signature(request), Optional.of(KEY), NOON))
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void inner_spaces_of_headers_are_collapsed_and_values_of_one_name_are_joined() {
        Map<String, String> canonical =
                Map.of("host", "example.amazonaws.com", "x-amz-date", Signer.TIME, "my-header", "a b c,d");
        String authorization = Signer.of("service").authorization("GET", "/", "", canonical, Signer.sha256(""));
        WireRequest request = new WireRequest(
                "GET",
                "/",
                "",
                Map.of(
                        "host", List.of("example.amazonaws.com"),
                        "x-amz-date", List.of(Signer.TIME),
                        "my-header", List.of("  a   b  c ", " d"),
                        "authorization", List.of(authorization)),
                new byte[0]);
        assertThat(SERVICE.verify(request, signature(request), Optional.of(KEY), NOON))
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void anything_tampered_with_is_a_mismatch() {
        WireRequest good = signed(Signer.of("service"), "POST", "/", "/", "a=1", "a=1");
        List<WireRequest> tampered = List.of(
                new WireRequest("GET", good.rawPath(), good.rawQuery(), good.headers(), good.body()),
                new WireRequest("POST", "/x", good.rawQuery(), good.headers(), good.body()),
                new WireRequest("POST", "/", "a=2", good.headers(), good.body()),
                good.withBody("other".getBytes(UTF_8)),
                with(good, "host", "elsewhere.amazonaws.com"));
        assertThat(tampered).allSatisfy(request -> assertThat(flaw(SERVICE, request, Optional.of(KEY), NOON))
                .isEqualTo(Flaw.MISMATCH));
        AccessKey otherSecret = new AccessKey(KeyRing.ID, "another", null, null, KeyRing.ALICE);
        assertThat(flaw(SERVICE, good, Optional.of(otherSecret), NOON)).isEqualTo(Flaw.MISMATCH);
        assertThat(flaw(SERVICE, good, Optional.empty(), NOON)).isEqualTo(Flaw.UNKNOWN_KEY);
    }

    @Test
    void the_clock_may_be_fifteen_minutes_off_and_not_a_second_more() {
        WireRequest request = signed(Signer.of("service"), "GET", "/", "/", "", "");
        Duration window = Duration.ofMinutes(15);
        assertThat(verdict(request, NOON.plus(window))).isInstanceOf(Verdict.Valid.class);
        assertThat(verdict(request, NOON.minus(window))).isInstanceOf(Verdict.Valid.class);
        assertThat(verdict(request, NOON.plus(window).plusSeconds(1)))
                .isEqualTo(new Verdict.Invalid(
                        Flaw.TOO_LATE,
                        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z -"
                                + " 15 min.)"));
        assertThat(verdict(request, NOON.minus(window).minusSeconds(1)))
                .isEqualTo(new Verdict.Invalid(
                        Flaw.TOO_EARLY,
                        "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z"
                                + " (20150830T122059Z + 15 min.)"));
    }

    @Test
    void the_scope_must_name_this_service_region_day_and_terminator() {
        assertThat(message(new Signer(KeyRing.ID, KeyRing.SECRET, "20150830", "eu-west-1", "service")))
                .isEqualTo("Credential should be scoped to a valid Region, not 'eu-west-1'.");
        assertThat(message(new Signer(KeyRing.ID, KeyRing.SECRET, "20150830", "us-east-1", "other")))
                .isEqualTo("Credential should be scoped to correct service: 'service'.");
        assertThat(message(new Signer(KeyRing.ID, KeyRing.SECRET, "20150829", "us-east-1", "service")))
                .isEqualTo("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
                        + " '20150829' != '20150830', from '20150830T123600Z'.");
    }

    @Test
    void every_amazon_header_and_the_host_must_be_signed() {
        WireRequest request = signed(Signer.of("service"), "GET", "/", "/", "", "");
        assertThat(flaw(SERVICE, with(request, "x-amz-target", "Other.Operation"), Optional.of(KEY), NOON))
                .isEqualTo(Flaw.UNSIGNED_HEADER);
        Map<String, String> headers = new TreeMap<>(Map.of("x-amz-date", Signer.TIME));
        headers.put("authorization", Signer.of("service").authorization("GET", "/", "", headers, Signer.sha256("")));
        headers.put("host", "anywhere");
        assertThat(flaw(SERVICE, request("GET", "/", "", headers, ""), Optional.of(KEY), NOON))
                .isEqualTo(Flaw.UNSIGNED_HEADER);
    }

    @Test
    void a_session_needs_its_own_token_and_ends() {
        AccessKey session = new AccessKey(KeyRing.ID, KeyRing.SECRET, "token", NOON.plusSeconds(60), KeyRing.ALICE);
        Map<String, String> headers = new TreeMap<>(
                Map.of("host", "example.amazonaws.com", "x-amz-date", Signer.TIME, "x-amz-security-token", "token"));
        headers.put("authorization", Signer.of("service").authorization("GET", "/", "", headers, Signer.sha256("")));
        WireRequest request = request("GET", "/", "", headers, "");
        assertThat(SERVICE.verify(request, signature(request), Optional.of(session), NOON))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(flaw(SERVICE, request, Optional.of(session), NOON.plusSeconds(60)))
                .isEqualTo(Flaw.EXPIRED_TOKEN);
        assertThat(flaw(SERVICE, request, Optional.of(KEY), NOON)).isEqualTo(Flaw.WRONG_TOKEN);
        WireRequest withoutToken = signed(Signer.of("service"), "GET", "/", "/", "", "");
        assertThat(flaw(SERVICE, withoutToken, Optional.of(session), NOON)).isEqualTo(Flaw.WRONG_TOKEN);
    }

    @Test
    void a_presigned_request_lives_as_long_as_it_says() {
        String query =
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host";
        String canonical = "GET\n/bucket/key\n" + query + "\nhost:example.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD";
        Signer signer = Signer.of("s3");
        String signature = signer.sign(
                String.join("\n", "AWS4-HMAC-SHA256", Signer.TIME, signer.scope(), Signer.sha256(canonical)));
        WireRequest request = request(
                "GET",
                "/bucket/key",
                query + "&X-Amz-Signature=" + signature,
                Map.of("host", "example.amazonaws.com"),
                "");
        assertThat(STORAGE.verify(request, signature(request), Optional.of(KEY), NOON.plusSeconds(3600)))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(flaw(STORAGE, request, Optional.of(KEY), NOON.plusSeconds(3601)))
                .isEqualTo(Flaw.PRESIGNED_EXPIRED);
    }

    @Test
    void storage_demands_the_hash_of_the_body_and_compares_it() {
        WireRequest noHash = signed(Signer.of("s3"), "PUT", "/b/k", "/b/k", "", "");
        assertThat(flaw(STORAGE, noHash, Optional.of(KEY), NOON)).isEqualTo(Flaw.NO_CONTENT_HASH);
        Map<String, String> headers = new TreeMap<>(Map.of(
                "host",
                "example.amazonaws.com",
                "x-amz-date",
                Signer.TIME,
                "x-amz-content-sha256",
                Signer.sha256("signed")));
        headers.put(
                "authorization", Signer.of("s3").authorization("PUT", "/b/k", "", headers, Signer.sha256("signed")));
        WireRequest other = request("PUT", "/b/k", "", headers, "sent");
        assertThat(flaw(STORAGE, other, Optional.of(KEY), NOON)).isEqualTo(Flaw.CONTENT_MISMATCH);
        assertThat(STORAGE.verify(other.withBody("signed".getBytes(UTF_8)), signature(other), Optional.of(KEY), NOON))
                .isInstanceOf(Verdict.Valid.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Basic abc | Unsupported AWS 'algorithm': 'Basic'.",
                "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host | Authorization header requires 'Signature'"
                        + " parameter.",
                "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0 | Credential must have exactly 5"
                        + " slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'",
            })
    void a_broken_authorization_says_what_is_wrong(String authorization, String message) {
        WireRequest request =
                request("GET", "/", "", Map.of("authorization", authorization, "x-amz-date", Signer.TIME), "");
        try {
            Signature.of(request);
            throw new AssertionError("accepted");
        } catch (Verdict.Fault fault) {
            assertThat(fault.verdict().flaw()).isEqualTo(Flaw.INCOMPLETE);
            assertThat(fault.verdict().message()).isEqualTo(message);
        }
    }

    private static String message(Signer signer) {
        WireRequest request = signed(signer, "GET", "/", "/", "", "");
        return ((Verdict.Invalid) verdict(request, NOON)).message();
    }

    private static Verdict verdict(WireRequest request, Instant now) {
        return SERVICE.verify(request, signature(request), Optional.of(KEY), now);
    }

    private static Flaw flaw(SignatureVerifier verifier, WireRequest request, Optional<AccessKey> key, Instant now) {
        return ((Verdict.Invalid) verifier.verify(request, signature(request), key, now)).flaw();
    }

    private static WireRequest signed(
            Signer signer, String method, String path, String canonicalPath, String query, String canonicalQuery) {
        Map<String, String> headers = new TreeMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", Signer.TIME));
        headers.put(
                "authorization",
                signer.authorization(method, canonicalPath, canonicalQuery, headers, Signer.sha256("")));
        return request(method, path, query, headers, "");
    }

    private static WireRequest request(
            String method, String path, String query, Map<String, String> headers, String body) {
        Map<String, List<String>> lists = new TreeMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new WireRequest(method, path, query, lists, body.getBytes(UTF_8));
    }

    private static WireRequest with(WireRequest request, String header, String value) {
        Map<String, List<String>> headers = new TreeMap<>(request.headers());
        headers.put(header, List.of(value));
        return new WireRequest(request.method(), request.rawPath(), request.rawQuery(), headers, request.body());
    }

    private static Signature signature(WireRequest request) {
        try {
            return Signature.of(request).orElseThrow();
        } catch (Verdict.Fault fault) {
            throw new AssertionError(fault.verdict().toString());
        }
    }
}
