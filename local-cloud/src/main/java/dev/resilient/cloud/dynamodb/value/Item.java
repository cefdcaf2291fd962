package dev.resilient.cloud.dynamodb.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item as it is stored: its attributes and what they weigh. Immutable; compared by identity. */
public final class Item {
    private final Map<String, AttributeValue> attributes;
    private final int size;

    /** An item of these attributes, of which it keeps its own copy in the same order. */
    public Item(Map<String, AttributeValue> attributes) {
        this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        this.size = ValueSize.ofAttributes(attributes);
    }

    /** The attributes by name; unmodifiable. */
    public Map<String, AttributeValue> attributes() {
        return attributes;
    }

    /** The size in bytes, names included. */
    public int size() {
        return size;
    }

    @Override
    public String toString() {
        return attributes.toString();
    }
}
