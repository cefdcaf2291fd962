package dev.resilient.cloud.dynamodb.value;

import dev.resilient.cloud.dynamodb.value.Value.BinaryValue;
import dev.resilient.cloud.dynamodb.value.Value.BooleanValue;
import dev.resilient.cloud.dynamodb.value.Value.ListValue;
import dev.resilient.cloud.dynamodb.value.Value.MapValue;
import dev.resilient.cloud.dynamodb.value.Value.NullValue;
import dev.resilient.cloud.dynamodb.value.Value.NumberValue;
import dev.resilient.cloud.dynamodb.value.Value.SetValue;
import dev.resilient.cloud.dynamodb.value.Value.StringValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What values weigh, in bytes, for the limits on items and keys and for consumed capacity.
 *
 * <p>The rules are those of "DynamoDB item sizes and formats" in the developer guide: strings by their UTF-8 bytes, numbers one
 * byte for two significant digits and one more, a sign another one, lists and maps three bytes and one for each element.
 */
public final class ValueSize {
    private static final int CONTAINER = 3;
    private static final int ELEMENT = 1;

    private ValueSize() {}

    /** The size of a value, without the name of its attribute. */
    public static int of(Value value) {
        return switch (value) {
            case StringValue string -> ofString(string.string());
            case NumberValue number -> ofNumber(number.number());
            case BinaryValue binary -> binary.bytes().asByteArrayUnsafe().length;
            case BooleanValue _, NullValue _ -> 1;
            case SetValue set -> ofAll(set.members());
            case ListValue list -> CONTAINER + ELEMENT * list.elements().size() + ofAll(list.elements());
            case MapValue map -> CONTAINER + ELEMENT * map.entries().size() + ofAttributes(map.entries());
        };
    }

    /** The size of attributes, names included. */
    public static int ofAttributes(Map<String, Value> attributes) {
        int size = 0;
        for (Map.Entry<String, Value> attribute : attributes.entrySet()) {
            size += ofString(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    private static int ofAll(List<Value> values) {
        int size = 0;
        for (Value value : values) {
            size += of(value);
        }
        return size;
    }

    private static int ofNumber(BigDecimal number) {
        return (number.precision() + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
    }

    private static int ofString(String string) {
        int bytes = 0;
        for (int i = 0; i < string.length(); i++) {
            char unit = string.charAt(i);
            // A surrogate is half of a code point that takes four bytes.
            bytes += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
        }
        return bytes;
    }
}
