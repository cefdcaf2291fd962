package dev.resilient.cloud.base;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes the ids of resources in AWS's shapes, from the one source of chance that the cloud was given. Thread-safe. */
public final class Ids {
    private static final String CAPITALS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private final RandomGenerator random;

    /** Draws from {@code random}. */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** EC2's shape, {@code prefix-} and 17 hexadecimal digits: {@code i-0e4b7104cfaf8e056}. */
    public String resource(String prefix) {
        return prefix + "-0" + hex(16);
    }

    /** Like {@link #resource}, for what has been there since the account was made: the same for equal names, always. */
    public static String lasting(String prefix, String name) {
        UUID digest = UUID.nameUUIDFromBytes((prefix + ' ' + name).getBytes(StandardCharsets.UTF_8));
        return "%s-0%016x".formatted(prefix, digest.getMostSignificantBits());
    }

    /** Like {@link #unique}, for who has been there since the account was made: the same for equal names, always. */
    public static String lastingUnique(String prefix, String name) {
        return new Ids(new Random(lasting(prefix, name).hashCode())).unique(prefix);
    }

    /** The given number of hexadecimal digits: load balancers and target groups have 16. */
    public synchronized String hex(int digits) {
        byte[] bytes = new byte[(digits + 1) / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes).substring(0, digits);
    }

    /** IAM's shape, a four-letter prefix and 17 capitals and digits: {@code AROA…}, {@code AIPA…}, {@code ASIA…}. */
    public String unique(String prefix) {
        return prefix + capitalsAndDigits(17);
    }

    /** The given number of characters out of {@code A-Z2-7}. */
    public synchronized String capitalsAndDigits(int length) {
        StringBuilder characters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            characters.append(CAPITALS_AND_DIGITS.charAt(random.nextInt(CAPITALS_AND_DIGITS.length())));
        }
        return characters.toString();
    }

    /** That many random bytes in Base64: secret access keys (30 bytes, 40 characters) and session tokens. */
    public synchronized String base64(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The shape of a UUID: activity ids, request ids, revision ids. */
    public String uuid() {
        String digits = hex(32);
        return String.join(
                "-",
                digits.substring(0, 8),
                digits.substring(8, 12),
                "4" + digits.substring(13, 16),
                "a" + digits.substring(17, 20),
                digits.substring(20));
    }
}
