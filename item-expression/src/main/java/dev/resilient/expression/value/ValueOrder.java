package dev.resilient.expression.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The order of values of one type: strings by their UTF-8 bytes, numbers by worth, binaries by unsigned bytes. */
public final class ValueOrder {
    private ValueOrder() {}

    /** Negative, zero or positive, as {@link java.util.Comparator} says; empty if the two have no order. */
    public static OptionalInt compare(AttributeValue left, AttributeValue right) {
        if (left.type() != right.type()) {
            return OptionalInt.empty();
        }
        return switch (left.type()) {
            case S -> OptionalInt.of(Arrays.compareUnsigned(utf8(left.s()), utf8(right.s())));
            case N -> OptionalInt.of(new BigDecimal(left.n()).compareTo(new BigDecimal(right.n())));
            case B ->
                OptionalInt.of(Arrays.compareUnsigned(
                        left.b().asByteArrayUnsafe(), right.b().asByteArrayUnsafe()));
            case SS, NS, BS, BOOL, NUL, L, M, UNKNOWN_TO_SDK_VERSION -> OptionalInt.empty();
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
