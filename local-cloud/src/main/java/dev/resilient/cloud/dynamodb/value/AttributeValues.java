package dev.resilient.cloud.dynamodb.value;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Value.BinarySet;
import dev.resilient.cloud.dynamodb.value.Value.BinaryValue;
import dev.resilient.cloud.dynamodb.value.Value.BooleanValue;
import dev.resilient.cloud.dynamodb.value.Value.ListValue;
import dev.resilient.cloud.dynamodb.value.Value.MapValue;
import dev.resilient.cloud.dynamodb.value.Value.NullValue;
import dev.resilient.cloud.dynamodb.value.Value.NumberSet;
import dev.resilient.cloud.dynamodb.value.Value.NumberValue;
import dev.resilient.cloud.dynamodb.value.Value.StringSet;
import dev.resilient.cloud.dynamodb.value.Value.StringValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Between the SDK's {@link AttributeValue}, which may be anything, and {@link Value}, which is always valid. */
public final class AttributeValues {
    private static final int MAX_DEPTH = 32;

    private AttributeValues() {}

    /** The attributes that were sent; a {@code ValidationException} if one of them cannot be. */
    public static Map<String, Value> read(Map<String, AttributeValue> attributes) {
        return readEntries(attributes, 0);
    }

    /** The value that was sent; a {@code ValidationException} if it cannot be. */
    public static Value read(AttributeValue value) {
        return read(value, 0);
    }

    /** The attributes as they are sent. */
    public static Map<String, AttributeValue> write(Map<String, Value> attributes) {
        Map<String, AttributeValue> written = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach((name, value) -> written.put(name, write(value)));
        return written;
    }

    /** The value as it is sent. */
    public static AttributeValue write(Value value) {
        AttributeValue.Builder to = AttributeValue.builder();
        switch (value) {
            case StringValue string -> to.s(string.string());
            case NumberValue number -> to.n(Numbers.format(number.number()));
            case BinaryValue binary -> to.b(binary.bytes());
            case BooleanValue bool -> to.bool(bool.bool());
            case NullValue _ -> to.nul(true);
            case ListValue list ->
                to.l(list.elements().stream().map(AttributeValues::write).toList());
            case MapValue map -> to.m(write(map.entries()));
            case StringSet set -> to.ss(set.strings());
            case NumberSet set ->
                to.ns(set.numbers().stream().map(Numbers::format).toList());
            case BinarySet set -> to.bs(set.binaries());
        }
        return to.build();
    }

    private static Value read(AttributeValue value, int depth) {
        AttributeValue.Type type = value.type();
        if (type == null) {
            throw Validation.error("Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes");
        }
        refuseIf(depth >= MAX_DEPTH, () -> Validation.error("Nesting Levels have exceeded supported limits"));
        return switch (type) {
            case S -> new StringValue(value.s());
            case N -> new NumberValue(Numbers.parse(value.n()));
            case B -> new BinaryValue(value.b());
            case BOOL -> new BooleanValue(value.bool());
            case NUL -> readNull(value.nul());
            case L -> readList(value.l(), depth);
            case M -> new MapValue(readEntries(value.m(), depth + 1));
            case SS -> new StringSet(readStrings(value.ss()));
            case NS -> new NumberSet(readNumbers(value.ns()));
            case BS -> new BinarySet(readBinaries(value.bs()));
            case UNKNOWN_TO_SDK_VERSION ->
                throw Validation.error(
                        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        };
    }

    private static Map<String, Value> readEntries(Map<String, AttributeValue> entries, int depth) {
        Map<String, Value> read = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach((name, value) -> read.put(name, read(value, depth)));
        return read;
    }

    private static Value readList(List<AttributeValue> elements, int depth) {
        List<Value> read = new ArrayList<>(elements.size());
        for (AttributeValue element : elements) {
            read.add(read(element, depth + 1));
        }
        return new ListValue(read);
    }

    private static Value readNull(boolean isNull) {
        refuseIf(!isNull, () -> Validation.invalidParameter("Null attribute value types must have the value of true"));
        return new NullValue();
    }

    private static Set<String> readStrings(List<String> strings) {
        refuseIf(strings.isEmpty(), () -> Validation.invalidParameter("An string set  may not be empty"));
        Set<String> read = new LinkedHashSet<>(strings);
        refuseIf(
                read.size() < strings.size(),
                () -> Validation.invalidParameter("Input collection " + strings + " contains duplicates."));
        return read;
    }

    private static Set<BigDecimal> readNumbers(List<String> numbers) {
        refuseIf(numbers.isEmpty(), () -> Validation.invalidParameter("An number set  may not be empty"));
        Set<BigDecimal> read = new LinkedHashSet<>();
        for (String number : numbers) {
            refuseIf(!read.add(Numbers.parse(number)), () -> Validation.error("Input collection contains duplicates"));
        }
        return read;
    }

    private static Set<SdkBytes> readBinaries(List<SdkBytes> binaries) {
        refuseIf(binaries.isEmpty(), () -> Validation.invalidParameter("Binary sets should not be empty"));
        refuseIf(
                new HashSet<>(binaries).size() < binaries.size(),
                () -> Validation.invalidParameter("Input collection of type BS contains duplicates."));
        return new LinkedHashSet<>(binaries);
    }
}
