package dev.resilient.cloud.forged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request in the making, signed by the published algorithm as honestly or as badly as a test likes: nothing here is
 * shared with what is under test. Paths and queries are written in their canonical form.
 */
final class HttpDraft {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int PATIENCE_MILLIS = 20_000;
    final Map<String, String> headers = new TreeMap<>();
    String method;
    String path;
    String query = "";
    String body;
    String keyId = "";
    String secret = "";
    Instant time = Instant.EPOCH;
    String region = "us-west-2";
    final String service;
    String terminator = "aws4_request";

    @Nullable
    String scopeDate;

    @Nullable
    String payloadHash;

    List<String> leftOut = List.of();

    HttpDraft(String service, String method, String path, String body) {
        this.service = service;
        this.method = method;
        this.path = path;
        this.body = body;
    }

    HttpDraft header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Signs in the header; what is not to be signed is left out. */
    HttpDraft sign() {
        headers.putIfAbsent("x-amz-date", timestamp());
        String names = headers.keySet().stream()
                .filter(name -> !leftOut.contains(name) && !name.equals("authorization"))
                .collect(Collectors.joining(";"));
        headers.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + keyId + "/" + scope() + ", SignedHeaders=" + names + ", Signature="
                        + signature(names, hash()));
        return this;
    }

    /** Signs in the query; only the host is signed beside it. */
    HttpDraft presign(String expires) {
        query = Stream.concat(
                        Stream.of(query).filter(text -> !text.isEmpty()),
                        Stream.of(
                                "X-Amz-Algorithm=AWS4-HMAC-SHA256",
                                "X-Amz-Credential=" + URLEncoder.encode(keyId + "/" + scope(), UTF_8),
                                "X-Amz-Date=" + timestamp(),
                                "X-Amz-Expires=" + expires,
                                "X-Amz-SignedHeaders=host"))
                .collect(Collectors.joining("&"));
        query += "&X-Amz-Signature=" + signature("host", service.equals("s3") ? "UNSIGNED-PAYLOAD" : sha256(body));
        return this;
    }

    String timestamp() {
        return TIMESTAMP.format(time);
    }

    String scope() {
        String date = scopeDate == null ? timestamp().substring(0, 8) : scopeDate;
        return String.join("/", date, region, service, terminator);
    }

    /** Signs a text with the key of this scope. */
    String sign(String text) {
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String part : scope().split("/", -1)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, text));
    }

    /** The signature in the header. */
    String seed() {
        return headers.getOrDefault("authorization", "").replaceFirst(".*Signature=", "");
    }

    private String hash() {
        return payloadHash == null ? sha256(body) : payloadHash;
    }

    private String signature(String names, String payload) {
        StringBuilder canonical = new StringBuilder();
        canonical.append(method).append('\n').append(path).append('\n');
        canonical
                .append(Stream.of(query.split("&"))
                        .map(pair -> pair.isEmpty() || pair.contains("=") ? pair : pair + "=")
                        .sorted()
                        .collect(Collectors.joining("&")))
                .append('\n');
        for (String name : names.split(";")) {
            canonical.append(name).append(':').append(headers.get(name)).append('\n');
        }
        canonical.append('\n').append(names).append('\n').append(payload);
        return sign(String.join("\n", "AWS4-HMAC-SHA256", timestamp(), scope(), sha256(canonical.toString())));
    }

    /** Sends it as it is and reads the answer. */
    Answer send(URI endpoint) {
        StringBuilder head =
                new StringBuilder(method + " " + path + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] bytes = body.getBytes(UTF_8);
        head.append("content-length: ").append(bytes.length).append("\r\nconnection: close\r\n\r\n");
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
            socket.getOutputStream().write(bytes);
            return Answer.read(socket.getInputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new AssertionError(absent);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException absent) {
            throw new AssertionError(absent);
        }
    }
}
