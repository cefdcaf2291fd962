package dev.resilient.cloud.dynamodb.expression;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** ExpressionAttributeNames and ExpressionAttributeValues of one request, and which of them were used. For one thread. */
final class Placeholders {
    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";

    private final Map<String, String> names;
    private final Map<String, Value> values;
    private final Set<String> used = new LinkedHashSet<>();

    private Placeholders(Map<String, String> names, Map<String, Value> values) {
        this.names = names;
        this.values = values;
    }

    /** The placeholders of a request. */
    static Placeholders of(Map<String, String> names, Map<String, AttributeValue> values) {
        checkKeys(NAMES, '#', names);
        checkKeys(VALUES, ':', values);
        return new Placeholders(names, readValues(values));
    }

    /** The attribute that {@code #name} stands for. */
    Optional<String> name(String placeholder) {
        used.add(placeholder);
        return Optional.ofNullable(names.get(placeholder));
    }

    /** The value that {@code :value} stands for. */
    Optional<Value> value(String placeholder) {
        used.add(placeholder);
        return Optional.ofNullable(values.get(placeholder));
    }

    boolean hasNames() {
        return !names.isEmpty();
    }

    boolean hasValues() {
        return !values.isEmpty();
    }

    /** Refuses placeholders that no expression used. */
    void requireAllUsed() {
        requireUsed(NAMES, names.keySet());
        requireUsed(VALUES, values.keySet());
    }

    private void requireUsed(String parameter, Set<String> keys) {
        Set<String> unused = new LinkedHashSet<>(keys);
        unused.removeAll(used);
        refuseIf(
                !unused.isEmpty(),
                () -> Validation.error("Value provided in " + parameter + " unused in expressions: keys: {"
                        + String.join(", ", unused) + "}"));
    }

    private static void checkKeys(String parameter, char prefix, Map<String, ?> map) {
        boolean isAbsent = map instanceof SdkAutoConstructMap;
        refuseIf(map.isEmpty() && !isAbsent, () -> Validation.error(parameter + " must not be empty"));
        for (String key : map.keySet()) {
            boolean valid = key.length() > 1
                    && key.charAt(0) == prefix
                    && key.chars().skip(1).allMatch(character -> Lexer.isNamePart((char) character));
            refuseIf(
                    !valid,
                    () -> Validation.error(parameter + " contains invalid key: Syntax error; key: \"" + key + "\""));
        }
    }

    private static Map<String, Value> readValues(Map<String, AttributeValue> values) {
        Map<String, Value> read = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            try {
                read.put(key, AttributeValues.read(value));
            } catch (ServiceError invalid) {
                throw Validation.error(VALUES + " contains invalid value: " + invalid.getMessage() + " for key " + key);
            }
        });
        return read;
    }
}
