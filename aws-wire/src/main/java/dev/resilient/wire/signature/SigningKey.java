package dev.resilient.wire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret access key, derived for one day, region and service. Immutable. */
public final class SigningKey {
    private static final String HMAC = "HmacSHA256";
    private final SecretKeySpec key;

    private SigningKey(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    /** Derives the key of this scope. */
    static SigningKey derive(String secret, Signature.Scope scope) {
        SigningKey key = new SigningKey(("AWS4" + secret).getBytes(UTF_8));
        for (String part : new String[] {scope.date(), scope.region(), scope.service(), scope.terminator()}) {
            key = new SigningKey(key.sign(part));
        }
        return key;
    }

    /** The signature of {@code text}, in lower-case hexadecimal digits. */
    String signature(String text) {
        return HexFormat.of().formatHex(sign(text));
    }

    /** The SHA-256 hash of a part of {@code bytes}, in lower-case hexadecimal digits. */
    public static String sha256(byte[] bytes, int offset, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, offset, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }

    /** The SHA-256 hash of {@code bytes}, in lower-case hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        return sha256(bytes, 0, bytes.length);
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has " + HMAC, absent);
        }
    }
}
