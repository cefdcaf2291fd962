package dev.resilient.cloud.forged;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/** What may be wrong with presigned requests and with bodies in chunks, as only S3 knows them. */
final class StorageForgeries {
    private static final String MISMATCH =
            "403 SignatureDoesNotMatch: The request signature we calculated does not match"
                    + " the signature you provided. Check your AWS Secret Access Key and signing method.";
    private static final String INCOMPLETE =
            "400 IncompleteBody: You did not provide the number of bytes specified by the"
                    + " Content-Length HTTP header";
    private static final String TRAILER = "400 MalformedTrailerError: The request contained trailing data that was not"
            + " well-formed or did not conform to our published schema.";
    private static final String PARAMETERS = "400 AuthorizationQueryParametersError: ";
    private static final String CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final String CHECKSUM = "x-amz-checksum-crc32";
    private static final String HOUR = "3600";

    private final Drafts drafts;
    private final Map<String, Case> cases = new LinkedHashMap<>();

    StorageForgeries(Drafts drafts) {
        this.drafts = drafts;
    }

    /** Makes unsigned requests to S3 by the administrator. */
    @FunctionalInterface
    interface Drafts {
        HttpDraft draft(String method, String path, String body);
    }

    /** A request and how it is refused. */
    record Case(HttpDraft draft, String refusal) {}

    /** Every forgery by name. */
    Map<String, Case> cases() {
        presigned();
        chunked();
        checksums();
        return cases;
    }

    /** The same without a forgery. */
    Map<String, HttpDraft> honest() {
        return Map.of(
                "presigned GET", get().presign(HOUR),
                "presigned PUT", drafts.draft("PUT", "/bucket/honest-1", "body").presign("604800"),
                "signed chunks", chunks("/bucket/honest-2", CHUNKS, body -> body),
                "signed chunks and trailer", chunks("/bucket/honest-3", CHUNKS + "-TRAILER", body -> body),
                "unsigned chunks and trailer", chunks("/bucket/honest-4", UNSIGNED, body -> body));
    }

    private void presigned() {
        add("expired", "403 AccessDenied: Request has expired", earlier(3601).presign(HOUR));
        add(
                "not yet valid",
                "403 AccessDenied: Request is not yet valid",
                earlier(-1000).presign(HOUR));
        add("of another object", MISMATCH, get().presign(HOUR), draft -> draft.path = "/bucket/other");
        add("prolonged", MISMATCH, get().presign(HOUR), draft -> draft.query = draft.query.replace("=3600", "=86400"));
        add("by another method", MISMATCH, get().presign(HOUR), draft -> draft.method = "DELETE");
        add("with another parameter", MISMATCH, get().presign(HOUR), draft -> draft.query += "&response-expires=x");
        add(
                "with a header that is not signed",
                "403 AccessDenied: There were headers present in the request which were not signed",
                drafts.draft("PUT", "/bucket/forged", "forged").presign(HOUR),
                draft -> draft.header("x-amz-acl", "public-read"));
        HttpDraft wrongSecret = get();
        wrongSecret.secret = "wrong";
        add("with another secret", MISMATCH, wrongSecret.presign(HOUR));
        HttpDraft unknown = get();
        unknown.keyId = "AKIAIOSFODNN7EXAMPLE";
        add(
                "with an unknown key",
                "403 InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.",
                unknown.presign(HOUR));
        HttpDraft elsewhere = get();
        elsewhere.region = "us-east-1";
        add(
                "for another region",
                PARAMETERS + "Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting"
                        + " 'us-west-2'",
                elsewhere.presign(HOUR));
        add(
                "with a short credential",
                PARAMETERS + "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting"
                        + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
                get().presign(HOUR),
                draft -> draft.query = draft.query.replace("%2Faws4_request", ""));
        add(
                "by another algorithm",
                PARAMETERS + "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"",
                get().presign(HOUR),
                draft -> draft.query = draft.query.replace("HMAC-SHA256", "HMAC-SHA1"));
        String missing = PARAMETERS + "Query-string authentication version 4 requires the X-Amz-Algorithm,"
                + " X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
        for (String name : List.of("Credential", "Date", "Expires", "SignedHeaders", "Signature")) {
            add(
                    "without " + name,
                    missing,
                    get().presign(HOUR),
                    draft -> draft.query = draft.query.replaceFirst("&X-Amz-" + name + "=[^&]*", ""));
        }
        add(
                "for ever",
                PARAMETERS + "X-Amz-Expires must be less than a week (in seconds); that is, the given"
                        + " X-Amz-Expires must be less than 604800 seconds",
                get().presign("604801"));
        add(
                "in the old way",
                "400 InvalidRequest: The authorization mechanism you have provided is not supported. Please use"
                        + " AWS4-HMAC-SHA256.",
                get(),
                draft -> draft.query = "AWSAccessKeyId=AKIDEXAMPLE&Signature=c2lnbmF0dXJl&Expires=1893456000");
        add("for a word", PARAMETERS + "X-Amz-Expires should be a number", get().presign("ever"));
        add("for less than nothing", PARAMETERS + "X-Amz-Expires must be non-negative", get().presign("-1"));
        add(
                "and signed in the header too",
                "400 InvalidArgument: Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter,"
                        + " Signature query string parameter or the Authorization header should be specified",
                get().presign(HOUR)
                        .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
                        .sign());
    }

    private void chunked() {
        for (String form : List.of(CHUNKS, CHUNKS + "-TRAILER")) {
            chunked(form, "changed", MISMATCH, body -> body.replace("world", "wOrld"));
            chunked(form, "left out", MISMATCH, body -> body.replaceFirst("(?s)6;.*?hello \r\n", ""));
            chunked(form, "twice", MISMATCH, body -> body.replaceFirst("(?s)(6;.*?hello \r\n)", "$1$1"));
            chunked(form, "unsigned", MISMATCH, body -> body.replaceAll(";chunk-signature=[0-9a-f]+", ""));
            chunked(form, "without an end", INCOMPLETE, body -> body.replaceFirst("(?s)\r\n0;.*", "\r\n"));
            chunked(form, "cut off", INCOMPLETE, body -> body.substring(0, 95));
        }
        chunked(CHUNKS, "more behind them", TRAILER, body -> body + "x-amz-meta-a:b\r\n");
        String trailer = CHUNKS + "-TRAILER";
        chunked(trailer, "another checksum", MISMATCH, body -> body.replaceFirst("crc32:......", "crc32:AAAAAA"));
        chunked(trailer, "no trailer signature", MISMATCH, body -> body.replaceFirst("x-amz-trailer-signature.*", ""));
        chunked(
                UNSIGNED,
                "changed",
                "400 BadDigest: The CRC32 you specified did not match the calculated checksum.",
                body -> body.replace("world", "wOrld"));
        chunked(UNSIGNED, "no trailer", TRAILER, body -> body.replaceFirst(CHECKSUM + ".*\r\n", ""));
        chunked(UNSIGNED, "another trailer", TRAILER, body -> body.replace(CHECKSUM, "x-amz-checksum-sha1"));
        chunked(UNSIGNED, "of another length", INCOMPLETE, body -> body.replaceFirst("b\r\n", "a\r\n"));
        HttpDraft longer = drafts.draft("PUT", "/bucket/forged", chunks("/bucket/x", UNSIGNED, body -> body).body);
        longer.payloadHash = UNSIGNED;
        add(
                "chunks of another length than was signed",
                INCOMPLETE,
                longer.header("x-amz-content-sha256", UNSIGNED)
                        .header("x-amz-decoded-content-length", "12")
                        .header("x-amz-trailer", CHECKSUM)
                        .sign());
    }

    private void checksums() {
        HttpDraft noHash = drafts.draft("PUT", "/bucket/forged", "forged");
        add(
                "no hash of the body",
                "400 InvalidRequest: Missing required header for this request: x-amz-content-sha256",
                noHash.sign());
        for (String header : List.of(CHECKSUM, "content-md5")) {
            HttpDraft draft = drafts.draft("PUT", "/bucket/forged", "forged");
            add(
                    "another " + header,
                    header.equals(CHECKSUM)
                            ? "400 BadDigest: The CRC32 you specified did not match the calculated checksum."
                            : "400 BadDigest: The Content-MD5 you specified did not match what we received.",
                    draft.header("x-amz-content-sha256", HttpDraft.sha256("forged"))
                            .header(header, "AAAAAA==")
                            .sign());
        }
    }

    private HttpDraft get() {
        return drafts.draft("GET", "/bucket/object", "");
    }

    private HttpDraft earlier(long seconds) {
        HttpDraft draft = get();
        draft.time = draft.time.minus(Duration.ofSeconds(seconds));
        return draft;
    }

    private void chunked(String form, String name, String refusal, UnaryOperator<String> change) {
        add(form + ": " + name, refusal, chunks("/bucket/forged", form, change));
    }

    /** Two chunks and the end, with what their form says, changed after they were signed. */
    private HttpDraft chunks(String path, String form, UnaryOperator<String> change) {
        HttpDraft draft = drafts.draft("PUT", path, "");
        draft.payloadHash = form;
        draft.header("x-amz-content-sha256", form).header("x-amz-decoded-content-length", "11");
        boolean trailer = form.endsWith("TRAILER");
        if (trailer) {
            draft.header("x-amz-trailer", CHECKSUM);
        }
        draft.sign();
        StringBuilder body = new StringBuilder();
        String previous = draft.seed();
        for (String chunk : form.equals(UNSIGNED) ? List.of("hello world") : List.of("hello ", "world", "")) {
            body.append(Integer.toHexString(chunk.length()));
            if (!form.equals(UNSIGNED)) {
                previous = draft.sign(String.join(
                        "\n",
                        "AWS4-HMAC-SHA256-PAYLOAD",
                        draft.timestamp(),
                        draft.scope(),
                        previous,
                        HttpDraft.sha256(""),
                        HttpDraft.sha256(chunk)));
                body.append(";chunk-signature=").append(previous);
            }
            body.append("\r\n").append(chunk).append(chunk.isEmpty() ? "" : "\r\n");
        }
        body.append(form.equals(UNSIGNED) ? "0\r\n" : "");
        if (trailer) {
            String line = CHECKSUM + ":" + crc32("hello world");
            body.append(line).append("\r\n");
            if (!form.equals(UNSIGNED)) {
                body.append("x-amz-trailer-signature:")
                        .append(draft.sign(String.join(
                                "\n",
                                "AWS4-HMAC-SHA256-TRAILER",
                                draft.timestamp(),
                                draft.scope(),
                                previous,
                                HttpDraft.sha256(line + "\n"))))
                        .append("\r\n");
            }
        }
        draft.body = change.apply(body.append("\r\n").toString());
        return draft;
    }

    private static String crc32(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private void add(String name, String refusal, HttpDraft draft) {
        if (cases.put(name, new Case(draft, refusal)) != null) {
            throw new AssertionError(name + " comes twice");
        }
    }

    private void add(String name, String refusal, HttpDraft draft, Consumer<HttpDraft> change) {
        change.accept(draft);
        add(name, refusal, draft);
    }
}
