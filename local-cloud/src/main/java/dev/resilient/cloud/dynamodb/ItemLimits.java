package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import java.util.Map;

/** How large an item may be: 400 KB, names included. */
final class ItemLimits {
    private static final int MAX_BYTES = 400 * 1024;

    private ItemLimits() {}

    /** An item to be put; refused if it is too large. */
    static Item put(Map<String, Value> attributes) {
        return limited(attributes, "Item size has exceeded the maximum allowed size");
    }

    /** What an update makes of an item; refused if it is too large. */
    static Item updated(Map<String, Value> attributes) {
        return limited(attributes, "Item size to update has exceeded the maximum allowed size");
    }

    private static Item limited(Map<String, Value> attributes, String message) {
        Item item = new Item(attributes);
        refuseIf(item.size() > MAX_BYTES, () -> Validation.error(message));
        return item;
    }
}
