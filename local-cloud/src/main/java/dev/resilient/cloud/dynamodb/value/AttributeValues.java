package dev.resilient.cloud.dynamodb.value;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The values that items are made of: the SDK's own, checked and in one form, with numbers plain and sets in order. So two of them
 * are equal exactly when DynamoDB's {@code =} holds.
 */
public final class AttributeValues {
    private static final int MAX_DEPTH = 32;
    private static final Comparator<SdkBytes> BY_BYTES =
            (one, two) -> Arrays.compareUnsigned(one.asByteArrayUnsafe(), two.asByteArrayUnsafe());

    private AttributeValues() {}

    /** The attributes that were sent, in the one form; a {@code ValidationException} if one of them cannot be. */
    public static Map<String, AttributeValue> checked(Map<String, AttributeValue> attributes) {
        return checked(attributes, 0);
    }

    /** The value that was sent, in the one form; a {@code ValidationException} if it cannot be. */
    public static AttributeValue checked(AttributeValue value) {
        return checked(value, 0);
    }

    /** The type's name on the wire. */
    public static String typeOf(AttributeValue value) {
        return value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
    }

    /** The members of a set, as values of their own; none of what is no set. */
    public static List<AttributeValue> members(AttributeValue set) {
        return switch (set.type()) {
            case SS -> set.ss().stream().map(AttributeValue::fromS).toList();
            case NS -> set.ns().stream().map(AttributeValue::fromN).toList();
            case BS -> set.bs().stream().map(AttributeValue::fromB).toList();
            case S, N, B, BOOL, NUL, L, M, UNKNOWN_TO_SDK_VERSION -> List.of();
        };
    }

    /** The set of these members, at least one, all of one type. */
    public static AttributeValue setOf(Collection<AttributeValue> members) {
        return checked(
                switch (members.iterator().next().type()) {
                    case S ->
                        AttributeValue.fromSs(
                                members.stream().map(AttributeValue::s).toList());
                    case N ->
                        AttributeValue.fromNs(
                                members.stream().map(AttributeValue::n).toList());
                    case B ->
                        AttributeValue.fromBs(
                                members.stream().map(AttributeValue::b).toList());
                    case SS, NS, BS, BOOL, NUL, L, M, UNKNOWN_TO_SDK_VERSION ->
                        throw new IllegalArgumentException("no sets are made of " + members);
                });
    }

    private static Map<String, AttributeValue> checked(Map<String, AttributeValue> attributes, int depth) {
        Map<String, AttributeValue> checked = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach((name, value) -> checked.put(name, checked(value, depth)));
        return checked;
    }

    private static AttributeValue checked(AttributeValue value, int depth) {
        AttributeValue.Type type = value.type();
        if (type == null) {
            throw Validation.error("Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes");
        }
        refuseIf(depth >= MAX_DEPTH, () -> Validation.error("Nesting Levels have exceeded supported limits"));
        return switch (type) {
            case S, B, BOOL -> value;
            case N -> AttributeValue.fromN(Numbers.format(Numbers.parse(value.n())));
            case NUL -> checkedNull(value);
            case L ->
                AttributeValue.fromL(value.l().stream()
                        .map(element -> checked(element, depth + 1))
                        .toList());
            case M -> AttributeValue.fromM(checked(value.m(), depth + 1));
            case SS ->
                AttributeValue.fromSs(set(
                        "An string set  may not be empty",
                        value.ss(),
                        Comparator.naturalOrder(),
                        () -> Validation.invalidParameter("Input collection " + value.ss() + " contains duplicates.")));
            case NS -> AttributeValue.fromNs(numbers(value.ns()));
            case BS ->
                AttributeValue.fromBs(set(
                        "Binary sets should not be empty",
                        value.bs(),
                        BY_BYTES,
                        () -> Validation.invalidParameter("Input collection of type BS contains duplicates.")));
            case UNKNOWN_TO_SDK_VERSION ->
                throw Validation.error(
                        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        };
    }

    private static AttributeValue checkedNull(AttributeValue value) {
        refuseIf(
                !value.nul(),
                () -> Validation.invalidParameter("Null attribute value types must have the value of true"));
        return value;
    }

    private static List<String> numbers(List<String> members) {
        List<BigDecimal> numbers = members.stream().map(Numbers::parse).toList();
        return set(
                        "An number set  may not be empty",
                        numbers,
                        Comparator.naturalOrder(),
                        () -> Validation.error("Input collection contains duplicates"))
                .stream()
                .map(Numbers::format)
                .toList();
    }

    private static <T> List<T> set(String empty, List<T> members, Comparator<T> order, Supplier<ServiceError> twice) {
        refuseIf(members.isEmpty(), () -> Validation.invalidParameter(empty));
        TreeSet<T> sorted = new TreeSet<>(order);
        sorted.addAll(members);
        refuseIf(sorted.size() < members.size(), twice);
        return List.copyOf(sorted);
    }
}
