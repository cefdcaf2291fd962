package dev.resilient.cloud.dynamodb.value;

import dev.resilient.cloud.dynamodb.value.Value.BinaryValue;
import dev.resilient.cloud.dynamodb.value.Value.NumberValue;
import dev.resilient.cloud.dynamodb.value.Value.StringValue;
import java.util.Arrays;
import java.util.OptionalInt;

/** The order of values of one type: strings by their UTF-8 bytes, numbers by worth, binaries by unsigned bytes. */
public final class ValueOrder {
    private ValueOrder() {}

    /** Negative, zero or positive, as {@link java.util.Comparator} says; empty if the two have no order. */
    public static OptionalInt compare(Value left, Value right) {
        if (left instanceof StringValue(String a) && right instanceof StringValue(String b)) {
            return OptionalInt.of(compareStrings(a, b));
        }
        if (left instanceof NumberValue a && right instanceof NumberValue b) {
            return OptionalInt.of(a.number().compareTo(b.number()));
        }
        if (left instanceof BinaryValue a && right instanceof BinaryValue b) {
            return OptionalInt.of(Arrays.compareUnsigned(
                    a.bytes().asByteArrayUnsafe(), b.bytes().asByteArrayUnsafe()));
        }
        return OptionalInt.empty();
    }

    /**
     * UTF-8 orders by code point. Java's own order differs only where a surrogate, which stands for a code point above all
     * others, meets a character that has a higher number than the surrogates.
     */
    private static int compareStrings(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                int surrogatesLast = Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right));
                return surrogatesLast != 0 ? surrogatesLast : Character.compare(left, right);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
