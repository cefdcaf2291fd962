package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.INVALID;
import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.value.AttributeValues;
import dev.resilient.expression.value.Validation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The primary key of a table.
 *
 * @param attributes the hash, and then the range if there is one
 */
record KeySchema(List<KeyAttribute> attributes) {

    /** As requests and descriptions state it; a {@code ValidationException} unless exactly its attributes are defined. */
    static KeySchema of(List<KeySchemaElement> elements, List<AttributeDefinition> definitions) {
        checkShape(elements);
        Map<String, ScalarAttributeType> types = new LinkedHashMap<>();
        for (AttributeDefinition definition : definitions) {
            refuseIf(
                    types.put(definition.attributeName(), definition.attributeType()) != null,
                    () -> INVALID + "Duplicate AttributeName in AttributeDefinitions: " + definition.attributeName());
        }
        List<String> names =
                elements.stream().map(KeySchemaElement::attributeName).toList();
        refuseIf(
                !types.keySet().containsAll(names),
                () -> INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: " + names
                        + ", AttributeDefinitions: " + types.keySet());
        refuseIf(
                names.size() != types.size(),
                INVALID + "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                        + "AttributeDefinitions");
        return new KeySchema(elements.stream()
                .map(element -> new KeyAttribute(
                        element.attributeName(),
                        element.keyType(),
                        Optional.ofNullable(types.get(element.attributeName())).orElseThrow()))
                .toList());
    }

    private static void checkShape(List<KeySchemaElement> elements) {
        refuseIf(elements.isEmpty(), INVALID + "Missing KeySchema");
        KeySchemaElement first = elements.getFirst();
        KeySchemaElement last = elements.getLast();
        refuseIf(
                first.keyType() != KeyType.HASH,
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        refuseIf(
                elements.size() > 2,
                "Key Schema too big.  Key Schema must at most consist of the hash and range key of a table");
        refuseIf(
                elements.size() == 2 && last.keyType() != KeyType.RANGE,
                "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        refuseIf(
                elements.size() == 2 && first.attributeName().equals(last.attributeName()),
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }

    KeyAttribute hash() {
        return attributes.getFirst();
    }

    /** Whether the attribute is part of the key. */
    boolean has(String attribute) {
        return attributes.stream().anyMatch(key -> key.name().equals(attribute));
    }

    /** The key of a whole item. */
    ItemKey keyOfItem(Map<String, AttributeValue> item) {
        return ItemKey.of(attributes.stream()
                .map(attribute -> ofItem(attribute, item.get(attribute.name())))
                .toArray(AttributeValue[]::new));
    }

    /** The key that consists of exactly these attributes. */
    ItemKey keyOf(Map<String, AttributeValue> key) {
        boolean fits = key.size() == attributes.size()
                && attributes.stream().allMatch(attribute -> {
                    AttributeValue value = key.get(attribute.name());
                    return value != null && attribute.fits(value);
                });
        refuseIf(!fits, "The provided key element does not match the schema");
        return keyOfItem(key);
    }

    /** The key attributes of an item. */
    Map<String, AttributeValue> keyAttributes(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        attributes.forEach(attribute -> key.put(attribute.name(), item.get(attribute.name())));
        return key;
    }

    private static AttributeValue ofItem(KeyAttribute attribute, @Nullable AttributeValue value) {
        if (value == null) {
            throw Validation.error(INVALID + "Missing the key " + attribute.name() + " in the item");
        }
        refuseIf(
                !attribute.fits(value),
                () -> INVALID + "Type mismatch for key " + attribute.name() + " expected: " + attribute.type()
                        + " actual: " + AttributeValues.typeOf(value));
        return attribute.checked(value);
    }
}
