package dev.resilient.expression.value;

import static dev.resilient.expression.value.Validation.INVALID;
import static dev.resilient.expression.value.Validation.refuseIf;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The values that items are made of: the SDK's own, checked and in one form, with numbers plain and sets in order. So two of them
 * are equal exactly when DynamoDB's {@code =} holds.
 */
public final class AttributeValues {
    private static final int MAX_DEPTH = 32;

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

    /** The set of these members, at least one, all of one type; what is there twice is there once. */
    public static AttributeValue setOf(Collection<AttributeValue> members) {
        TreeSet<AttributeValue> ordered =
                new TreeSet<>((one, two) -> ValueOrder.compare(one, two).orElseThrow());
        ordered.addAll(members);
        return switch (ordered.first().type()) {
            case S ->
                AttributeValue.fromSs(ordered.stream().map(AttributeValue::s).toList());
            case N ->
                AttributeValue.fromNs(ordered.stream().map(AttributeValue::n).toList());
            case B ->
                AttributeValue.fromBs(ordered.stream().map(AttributeValue::b).toList());
            case SS, NS, BS, BOOL, NUL, L, M, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("no sets are made of " + members);
        };
    }

    /** Whether both are strings, or both binaries, and one relates to the other, where a byte counts as a character. */
    public static boolean relate(AttributeValue text, AttributeValue part, BiPredicate<String, String> relation) {
        if (text.b() != null && part.b() != null) {
            return relation.test(
                    text.b().asString(StandardCharsets.ISO_8859_1), part.b().asString(StandardCharsets.ISO_8859_1));
        }
        return text.s() != null && part.s() != null && relation.test(text.s(), part.s());
    }

    private static Map<String, AttributeValue> checked(Map<String, AttributeValue> attributes, int depth) {
        Map<String, AttributeValue> checked = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach((name, value) -> checked.put(name, checked(value, depth)));
        return Collections.unmodifiableMap(checked);
    }

    private static AttributeValue checked(AttributeValue value, int depth) {
        AttributeValue.Type type = value.type();
        if (type == null) {
            throw Validation.error("Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes");
        }
        refuseIf(depth >= MAX_DEPTH, "Nesting Levels have exceeded supported limits");
        return switch (type) {
            case S, B, BOOL -> value;
            case N -> AttributeValue.fromN(Numbers.format(Numbers.parse(value.n())));
            case NUL -> {
                refuseIf(!value.nul(), INVALID + "Null attribute value types must have the value of true");
                yield value;
            }
            case L ->
                AttributeValue.fromL(value.l().stream()
                        .map(element -> checked(element, depth + 1))
                        .toList());
            case M -> AttributeValue.fromM(checked(value.m(), depth + 1));
            case SS ->
                set(
                        value,
                        "An string set  may not be empty",
                        () -> INVALID + "Input collection " + value.ss() + " contains duplicates.");
            case NS -> set(value, "An number set  may not be empty", () -> "Input collection contains duplicates");
            case BS ->
                set(
                        value,
                        "Binary sets should not be empty",
                        () -> INVALID + "Input collection of type BS contains duplicates.");
            case UNKNOWN_TO_SDK_VERSION ->
                throw Validation.error(
                        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        };
    }

    private static AttributeValue set(AttributeValue sent, String empty, Supplier<String> twice) {
        List<AttributeValue> members =
                members(sent).stream().map(AttributeValues::checked).toList();
        refuseIf(members.isEmpty(), INVALID + empty);
        AttributeValue set = setOf(members);
        refuseIf(members(set).size() < members.size(), twice);
        return set;
    }
}
