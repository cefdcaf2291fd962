package dev.resilient.loadbalancer.rotation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what cookies say with a key of its own, so that clients can neither read nor forge it: AES-GCM, for which no number may be
 * used twice with one key; it counts them. Thread-safe; does not block.
 */
public final class CookieSeal {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 16;
    private static final int NUMBER_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private final SecretKey key;
    private final AtomicLong number = new AtomicLong();

    /** With a new key. */
    public CookieSeal() {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, "AES");
    }

    /**
     * The value of a cookie.
     *
     * @param name of the cookie: the value opens under no other one
     */
    String seal(String name, String text) {
        byte[] unique = ByteBuffer.allocate(NUMBER_BYTES)
                .putLong(Integer.BYTES, number.getAndIncrement())
                .array();
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer sealed = ByteBuffer.allocate(NUMBER_BYTES + plain.length + TAG_BYTES);
        sealed.put(unique);
        try {
            cipher(Cipher.ENCRYPT_MODE, unique, name).doFinal(ByteBuffer.wrap(plain), sealed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
        return Base64.getEncoder().encodeToString(sealed.array());
    }

    /** The text that was sealed under this name; null if the value is not such a text. */
    @Nullable
    String open(String name, String value) {
        try {
            byte[] sealed = Base64.getDecoder().decode(value);
            if (sealed.length < NUMBER_BYTES + TAG_BYTES) {
                return null;
            }
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NUMBER_BYTES), name)
                    .doFinal(sealed, NUMBER_BYTES, sealed.length - NUMBER_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException forged) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] unique, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, unique));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
