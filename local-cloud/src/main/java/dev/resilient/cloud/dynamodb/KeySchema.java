package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The primary key of a table.
 *
 * @param hash the attribute that decides where an item is kept
 * @param range the attribute that orders items with the same hash value; empty when the hash value alone is the key
 */
record KeySchema(KeyAttribute hash, Optional<KeyAttribute> range) {

    /** As requests and descriptions state it; a {@code ValidationException} unless exactly its attributes are defined. */
    static KeySchema of(List<KeySchemaElement> elements, List<AttributeDefinition> definitions) {
        checkShape(elements);
        Map<String, ScalarAttributeType> types = new LinkedHashMap<>();
        for (AttributeDefinition definition : definitions) {
            refuseIf(
                    types.put(definition.attributeName(), definition.attributeType()) != null,
                    () -> Validation.invalidParameter(
                            "Duplicate AttributeName in AttributeDefinitions: " + definition.attributeName()));
        }
        List<String> names =
                elements.stream().map(KeySchemaElement::attributeName).toList();
        refuseIf(
                !types.keySet().containsAll(names),
                () -> Validation.invalidParameter(
                        "Some index key attributes are not defined in AttributeDefinitions. Keys: " + names
                                + ", AttributeDefinitions: " + types.keySet()));
        refuseIf(
                names.size() != types.size(),
                () -> Validation.invalidParameter(
                        "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                                + "AttributeDefinitions"));
        return new KeySchema(
                new KeyAttribute(names.getFirst(), type(types, names.getFirst()), KeyAttribute.MAX_HASH_BYTES),
                names.stream()
                        .skip(1)
                        .findFirst()
                        .map(range -> new KeyAttribute(range, type(types, range), KeyAttribute.MAX_RANGE_BYTES)));
    }

    private static ScalarAttributeType type(Map<String, ScalarAttributeType> types, String name) {
        return Optional.ofNullable(types.get(name)).orElseThrow();
    }

    private static void checkShape(List<KeySchemaElement> elements) {
        refuseIf(elements.isEmpty(), () -> Validation.invalidParameter("Missing KeySchema"));
        KeySchemaElement first = elements.getFirst();
        KeySchemaElement last = elements.getLast();
        refuseIf(
                first.keyType() != KeyType.HASH,
                () -> Validation.error("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
        refuseIf(
                elements.size() > 2,
                () -> Validation.error(
                        "Key Schema too big.  Key Schema must at most consist of the hash and range key of a table"));
        refuseIf(
                elements.size() == 2 && last.keyType() != KeyType.RANGE,
                () -> Validation.error("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"));
        refuseIf(
                elements.size() == 2 && first.attributeName().equals(last.attributeName()),
                () -> Validation.error(
                        "Both the Hash Key and the Range Key element in the KeySchema have the same name"));
    }

    /** The attributes of the key, the hash first. */
    List<KeyAttribute> attributes() {
        return Stream.concat(Stream.of(hash), range.stream()).toList();
    }

    /** Whether the attribute is part of the key. */
    boolean has(String attribute) {
        return attributes().stream().anyMatch(key -> key.name().equals(attribute));
    }

    /** The key of a whole item. */
    ItemKey keyOfItem(Map<String, AttributeValue> item) {
        return ItemKey.of(
                ofItem(hash, item),
                range.map(attribute -> ofItem(attribute, item)).orElse(null));
    }

    /** The key that consists of exactly these attributes. */
    ItemKey keyOf(Map<String, AttributeValue> key) {
        refuseIf(key.size() != attributes().size(), () -> mismatch());
        return ItemKey.of(
                ofKey(hash, key), range.map(attribute -> ofKey(attribute, key)).orElse(null));
    }

    /** The key attributes of an item. */
    Map<String, AttributeValue> keyAttributes(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        attributes().forEach(attribute -> key.put(attribute.name(), item.get(attribute.name())));
        return key;
    }

    private static AttributeValue ofItem(KeyAttribute attribute, Map<String, AttributeValue> item) {
        AttributeValue value = item.get(attribute.name());
        if (value == null) {
            throw Validation.invalidParameter("Missing the key " + attribute.name() + " in the item");
        }
        refuseIf(
                !attribute.fits(value),
                () -> Validation.invalidParameter("Type mismatch for key " + attribute.name() + " expected: "
                        + attribute.type() + " actual: " + AttributeValues.typeOf(value)));
        return attribute.checked(value);
    }

    private static AttributeValue ofKey(KeyAttribute attribute, Map<String, AttributeValue> key) {
        AttributeValue value = key.get(attribute.name());
        if (value == null || !attribute.fits(value)) {
            throw mismatch();
        }
        return attribute.checked(value);
    }

    private static ServiceError mismatch() {
        return Validation.error("The provided key element does not match the schema");
    }
}
