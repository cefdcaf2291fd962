package dev.resilient.expression.value;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item as it is stored. Immutable.
 *
 * @param attributes by name
 * @param size what they weigh in bytes, names included
 */
public record Item(Map<String, AttributeValue> attributes, int size) {

    /** An item of these attributes, which nobody changes any more. */
    public static Item of(Map<String, AttributeValue> attributes) {
        return new Item(attributes, ValueSize.ofAttributes(attributes));
    }
}
