package dev.resilient.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests by the published algorithm, written apart from the verifier: the caller gives canonical path and query, so
 * that nothing of what is under test is used to test it.
 */
public record Signer(String keyId, String secret, String date, String region, String service) {
    public static final String TIME = "20150830T123600Z";

    public static Signer of(String service) {
        return new Signer(KeyRing.ID, KeyRing.SECRET, "20150830", "us-east-1", service);
    }

    public String authorization(
            String method, String path, String query, Map<String, String> headers, String payloadHash) {
        Map<String, String> sorted = new TreeMap<>(headers);
        String names = String.join(";", sorted.keySet());
        StringBuilder canonical = new StringBuilder(method + "\n" + path + "\n" + query + "\n");
        sorted.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(payloadHash);
        return "AWS4-HMAC-SHA256 Credential=" + keyId + "/" + scope() + ", SignedHeaders=" + names + ", Signature="
                + sign(String.join(
                        "\n", "AWS4-HMAC-SHA256", headers.get("x-amz-date"), scope(), sha256(canonical.toString())));
    }

    public String scope() {
        return String.join("/", date, region, service, "aws4_request");
    }

    public String sign(String text) {
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String part : List.of(date, region, service, "aws4_request")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, text));
    }

    public static String sha256(String text) {
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
