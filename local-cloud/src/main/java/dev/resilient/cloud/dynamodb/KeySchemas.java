package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.ValueType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Between {@link KeySchema} and how requests and responses state it. */
final class KeySchemas {
    private KeySchemas() {}

    /** The schema that a table or an index is to have; a {@code ValidationException} unless its attributes are defined. */
    static KeySchema read(List<KeySchemaElement> elements, Map<String, ValueType> types) {
        checkShape(elements);
        List<String> names =
                elements.stream().map(KeySchemaElement::attributeName).toList();
        if (!types.keySet().containsAll(names)) {
            throw Validation.invalidParameter(
                    "Some index key attributes are not defined in AttributeDefinitions. Keys: " + names
                            + ", AttributeDefinitions: " + types.keySet());
        }
        return new KeySchema(
                attribute(names.getFirst(), types, KeyAttribute.MAX_HASH_BYTES),
                names.stream().skip(1).findFirst().map(range -> attribute(range, types, KeyAttribute.MAX_RANGE_BYTES)));
    }

    /** Refuses definitions of attributes that are in no key. */
    static void requireAllUsed(Map<String, ValueType> types, KeySchema table, List<IndexDefinition> indexes) {
        Set<String> used = new LinkedHashSet<>();
        attributes(table, indexes).forEach(attribute -> used.add(attribute.name()));
        if (used.size() == types.size()) {
            return;
        }
        throw Validation.invalidParameter(
                indexes.isEmpty()
                        ? "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                                + "AttributeDefinitions"
                        : "Some AttributeDefinitions are not used. AttributeDefinitions: " + types.keySet()
                                + ", keys used: " + used);
    }

    private static Stream<KeyAttribute> attributes(KeySchema table, List<IndexDefinition> indexes) {
        return Stream.concat(
                table.attributes().stream(), indexes.stream().flatMap(index -> index.schema().attributes().stream()));
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
        if (elements.isEmpty()) {
            throw Validation.invalidParameter("Missing KeySchema");
        }
        if (elements.getFirst().keyType() != KeyType.HASH) {
            throw Validation.error("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        if (elements.size() > 2) {
            throw Validation.error(
                    "Key Schema too big.  Key Schema must at most consist of the hash and range key of a table");
        }
        if (elements.size() == 2 && elements.getLast().keyType() != KeyType.RANGE) {
            throw Validation.error("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
        if (elements.size() == 2
                && elements.getFirst().attributeName().equals(elements.getLast().attributeName())) {
            throw Validation.error("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
    }

    static List<KeySchemaElement> elements(KeySchema schema) {
        return Stream.concat(
                        Stream.of(element(schema.hash(), KeyType.HASH)),
                        schema.range().stream().map(range -> element(range, KeyType.RANGE)))
                .toList();
    }

    /** The attributes of all keys of a table. */
    static List<AttributeDefinition> definitions(TableRecord table) {
        return attributes(
                        table.schema(),
                        table.indexes().stream().map(SecondaryIndex::definition).toList())
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute.name())
                        .attributeType(
                                ScalarAttributeType.fromValue(attribute.type().name()))
                        .build())
                .distinct()
                .toList();
    }

    private static KeySchemaElement element(KeyAttribute attribute, KeyType type) {
        return KeySchemaElement.builder()
                .attributeName(attribute.name())
                .keyType(type)
                .build();
    }
}
