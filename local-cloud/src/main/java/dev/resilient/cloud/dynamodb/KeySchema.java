package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The primary key of a table.
 *
 * @param hash the attribute that decides where an item is kept
 * @param range the attribute that orders items with the same hash value; empty when the hash value alone is the key
 */
record KeySchema(KeyAttribute hash, Optional<KeyAttribute> range) {

    /** The attributes of the key, the hash first. */
    List<KeyAttribute> attributes() {
        return Stream.concat(Stream.of(hash), range.stream()).toList();
    }

    /** Whether the attribute is part of the key. */
    boolean has(String attribute) {
        return attributes().stream().anyMatch(key -> key.name().equals(attribute));
    }

    /** The key of a whole item. */
    ItemKey keyOfItem(Map<String, Value> item) {
        return ItemKey.of(
                ofItem(hash, item),
                range.map(attribute -> ofItem(attribute, item)).orElse(null));
    }

    /** The key that consists of exactly these attributes. */
    ItemKey keyOf(Map<String, Value> key) {
        refuseIf(key.size() != attributes().size(), () -> mismatch());
        return ItemKey.of(
                ofKey(hash, key), range.map(attribute -> ofKey(attribute, key)).orElse(null));
    }

    /** The key attributes of an item. */
    Map<String, Value> keyAttributes(Map<String, Value> item) {
        Map<String, Value> key = new LinkedHashMap<>();
        attributes().forEach(attribute -> key.put(attribute.name(), item.get(attribute.name())));
        return key;
    }

    private static Value ofItem(KeyAttribute attribute, Map<String, Value> item) {
        Value value = item.get(attribute.name());
        if (value == null) {
            throw Validation.invalidParameter("Missing the key " + attribute.name() + " in the item");
        }
        refuseIf(
                value.type() != attribute.type(),
                () -> Validation.invalidParameter("Type mismatch for key " + attribute.name() + " expected: "
                        + attribute.type() + " actual: " + value.type()));
        return attribute.checked(value);
    }

    private static Value ofKey(KeyAttribute attribute, Map<String, Value> key) {
        Value value = key.get(attribute.name());
        if (value == null || value.type() != attribute.type()) {
            throw mismatch();
        }
        return attribute.checked(value);
    }

    private static ServiceError mismatch() {
        return Validation.error("The provided key element does not match the schema");
    }
}
