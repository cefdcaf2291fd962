package dev.resilient.expression.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What values weigh, in bytes, for the limits on items and keys and for consumed capacity.
 *
 * <p>The rules are those of "DynamoDB item sizes and formats" in the developer guide: strings by their UTF-8 bytes, numbers one
 * byte for two significant digits and one more, a sign another one, lists and maps three bytes and one for each element.
 */
public final class ValueSize {
    private static final int CONTAINER = 3;

    private ValueSize() {}

    /** The size of a value, without the name of its attribute. */
    public static int of(AttributeValue value) {
        return switch (value.type()) {
            case S -> ofText(value.s());
            case N -> ofNumber(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case BOOL, NUL -> 1;
            case SS -> sum(value.ss(), ValueSize::ofText);
            case NS -> sum(value.ns(), ValueSize::ofNumber);
            case BS -> sum(value.bs(), bytes -> bytes.asByteArrayUnsafe().length);
            case L -> CONTAINER + value.l().size() + sum(value.l(), ValueSize::of);
            case M -> CONTAINER + value.m().size() + ofAttributes(value.m());
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("no value: " + value);
        };
    }

    /** The size of attributes, names included. */
    public static int ofAttributes(Map<String, AttributeValue> attributes) {
        return sum(attributes.keySet(), ValueSize::ofText) + sum(attributes.values(), ValueSize::of);
    }

    private static <T> int sum(Collection<T> parts, ToIntFunction<T> size) {
        return parts.stream().mapToInt(size).sum();
    }

    private static int ofNumber(String text) {
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        return (number.precision() + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
    }

    private static int ofText(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
