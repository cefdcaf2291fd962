package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Between {@link KeySchema} and how requests and responses state it. */
final class KeySchemas {
    private KeySchemas() {}

    /** The schema that a table is to have; a {@code ValidationException} unless its attributes are defined. */
    static KeySchema read(List<KeySchemaElement> elements, Map<String, ValueType> types) {
        checkShape(elements);
        List<String> names =
                elements.stream().map(KeySchemaElement::attributeName).toList();
        refuseIf(
                !types.keySet().containsAll(names),
                () -> Validation.invalidParameter(
                        "Some index key attributes are not defined in AttributeDefinitions. Keys: " + names
                                + ", AttributeDefinitions: " + types.keySet()));
        return new KeySchema(
                attribute(names.getFirst(), types, KeyAttribute.MAX_HASH_BYTES),
                names.stream().skip(1).findFirst().map(range -> attribute(range, types, KeyAttribute.MAX_RANGE_BYTES)));
    }

    /** Refuses definitions of attributes that are in no key. */
    static void requireAllUsed(Map<String, ValueType> types, KeySchema table) {
        refuseIf(
                table.attributes().size() != types.size(),
                () -> Validation.invalidParameter(
                        "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                                + "AttributeDefinitions"));
    }

    /** The types of attributes by name. */
    static Map<String, ValueType> types(List<AttributeDefinition> definitions) {
        Map<String, ValueType> types = new LinkedHashMap<>();
        for (AttributeDefinition definition : definitions) {
            ValueType type = ValueType.of(definition.attributeTypeAsString()).orElseThrow();
            if (types.put(definition.attributeName(), type) != null) {
                throw Validation.invalidParameter(
                        "Duplicate AttributeName in AttributeDefinitions: " + definition.attributeName());
            }
        }
        return types;
    }

    private static KeyAttribute attribute(String name, Map<String, ValueType> types, int maxBytes) {
        return new KeyAttribute(name, Objects.requireNonNull(types.get(name)), maxBytes);
    }

    private static void checkShape(List<KeySchemaElement> elements) {
        refuseIf(elements.isEmpty(), () -> Validation.invalidParameter("Missing KeySchema"));
        refuseIf(
                elements.getFirst().keyType() != KeyType.HASH,
                () -> Validation.error("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
        refuseIf(
                elements.size() > 2,
                () -> Validation.error(
                        "Key Schema too big.  Key Schema must at most consist of the hash and range key of a table"));
        refuseIf(
                elements.size() == 2 && elements.getLast().keyType() != KeyType.RANGE,
                () -> Validation.error("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"));
        refuseIf(
                elements.size() == 2
                        && elements.getFirst()
                                .attributeName()
                                .equals(elements.getLast().attributeName()),
                () -> Validation.error(
                        "Both the Hash Key and the Range Key element in the KeySchema have the same name"));
    }

    static List<KeySchemaElement> elements(KeySchema schema) {
        return Stream.concat(
                        Stream.of(element(schema.hash(), KeyType.HASH)),
                        schema.range().stream().map(range -> element(range, KeyType.RANGE)))
                .toList();
    }

    /** The attributes of all keys of a table. */
    static List<AttributeDefinition> definitions(KeySchema schema) {
        return schema.attributes().stream()
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute.name())
                        .attributeType(
                                ScalarAttributeType.fromValue(attribute.type().name()))
                        .build())
                .toList();
    }

    private static KeySchemaElement element(KeyAttribute attribute, KeyType type) {
        return KeySchemaElement.builder()
                .attributeName(attribute.name())
                .keyType(type)
                .build();
    }
}
