package dev.resilient.expression;

import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.value.AttributeValues;
import dev.resilient.expression.value.Validation;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them were used. For one thread. */
final class Placeholders {
    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    /** Those of a request; a {@code ValidationException} if one of them cannot be. */
    Placeholders(SdkPojo request) {
        entries(request, NAMES, Token.Kind.NAME_PLACEHOLDER).forEach((key, name) -> names.put(key, (String) name));
        entries(request, VALUES, Token.Kind.VALUE_PLACEHOLDER).forEach((key, value) -> {
            try {
                values.put(key, AttributeValues.checked((AttributeValue) value));
            } catch (ServiceError invalid) {
                throw Validation.error(VALUES + " contains invalid value: " + invalid.getMessage() + " for key " + key);
            }
        });
    }

    private static Map<String, Object> entries(SdkPojo request, String parameter, Token.Kind placeholder) {
        Map<String, Object> entries = new LinkedHashMap<>();
        Members.get(request, parameter, Map.class).ifPresent(given -> {
            refuseIf(given.isEmpty(), () -> parameter + " must not be empty");
            ((Map<?, ?>) given).forEach((key, value) -> entries.put((String) key, value));
        });
        for (String key : entries.keySet()) {
            refuseIf(
                    !placeholder.is(key),
                    () -> parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
        }
        return entries;
    }

    /** The attribute that {@code #name} stands for. */
    Optional<String> name(String placeholder) {
        used.add(placeholder);
        return Optional.ofNullable(names.get(placeholder));
    }

    /** The value that {@code :value} stands for. */
    Optional<AttributeValue> value(String placeholder) {
        used.add(placeholder);
        return Optional.ofNullable(values.get(placeholder));
    }

    /** Refuses placeholders that no expression of the request used. */
    void requireAllUsed(SdkPojo request) {
        if (names.isEmpty() && values.isEmpty()) {
            return;
        }
        List<ExpressionKind> possible = Stream.of(ExpressionKind.values())
                .filter(kind -> Members.has(request, kind.parameter()))
                .toList();
        refuseIf(
                !names.isEmpty()
                        && possible.stream().allMatch(kind -> kind.in(request).isEmpty()),
                NAMES + " can only be specified when using expressions");
        List<ExpressionKind> valued =
                possible.stream().filter(ExpressionKind::mayHaveValues).toList();
        refuseIf(
                !values.isEmpty()
                        && valued.stream().allMatch(kind -> kind.in(request).isEmpty()),
                () -> VALUES + " can only be specified when using expressions: "
                        + valued.stream().map(ExpressionKind::parameter).collect(Collectors.joining(" and "))
                        + (valued.size() == 1 ? " is null" : " are null"));
        requireUsed(NAMES, names.keySet());
        requireUsed(VALUES, values.keySet());
    }

    private void requireUsed(String parameter, Set<String> keys) {
        Set<String> unused = new LinkedHashSet<>(keys);
        unused.removeAll(used);
        refuseIf(
                !unused.isEmpty(),
                () -> "Value provided in " + parameter + " unused in expressions: keys: {" + String.join(", ", unused)
                        + "}");
    }
}
