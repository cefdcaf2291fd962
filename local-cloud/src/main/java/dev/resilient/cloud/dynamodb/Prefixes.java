package dev.resilient.cloud.dynamodb;

import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where, in the order of strings and binaries, what begins alike ends. */
final class Prefixes {
    private static final int UNSIGNED_MAX = 0xff;

    private Prefixes() {}

    /** The smallest value behind everything that begins with {@code prefix}; empty if there is none. */
    static Optional<AttributeValue> next(AttributeValue prefix) {
        return prefix.b() != null
                ? nextBinary(prefix.b().asByteArrayUnsafe()).map(AttributeValue::fromB)
                : nextString(prefix.s()).map(AttributeValue::fromS);
    }

    private static Optional<String> nextString(String prefix) {
        int[] codePoints = prefix.codePoints().toArray();
        for (int last = codePoints.length - 1; last >= 0; last--) {
            if (codePoints[last] < Character.MAX_CODE_POINT) {
                boolean beforeSurrogates = codePoints[last] == Character.MIN_SURROGATE - 1;
                codePoints[last] = beforeSurrogates ? Character.MAX_SURROGATE + 1 : codePoints[last] + 1;
                return Optional.of(new String(codePoints, 0, last + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<SdkBytes> nextBinary(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (Byte.toUnsignedInt(prefix[last]) < UNSIGNED_MAX) {
                byte[] next = Arrays.copyOf(prefix, last + 1);
                next[last]++;
                return Optional.of(SdkBytes.fromByteArrayUnsafe(next));
            }
        }
        return Optional.empty();
    }
}
