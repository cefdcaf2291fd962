package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.INVALID;
import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.DocumentPath;
import dev.resilient.expression.Evaluator;
import dev.resilient.expression.Expression;
import dev.resilient.expression.Update;
import dev.resilient.expression.value.Item;
import dev.resilient.wire.ServiceError;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A change of one item that has been read and checked, and has not been made: what every operation that writes comes down to.
 *
 * @param step what becomes of the item, where empty stands for none; without effects of its own
 */
record Write(ItemStore items, ItemKey key, UnaryOperator<Optional<Item>> step) {
    private static final int MAX_BYTES = 400 * 1024;

    /** Puts an item of these attributes. */
    static Write put(ItemStore items, Map<String, AttributeValue> attributes) {
        Item item = limited(attributes, "Item size has exceeded the maximum allowed size");
        return new Write(items, items.schema().keyOfItem(attributes), _ -> Optional.of(item));
    }

    static Write delete(ItemStore items, Map<String, AttributeValue> key) {
        return new Write(items, items.schema().keyOf(key), _ -> Optional.empty());
    }

    /** Changes the item in place, or makes a new one of its key and the update when there is none. */
    static Write update(ItemStore items, Map<String, AttributeValue> key, Update update) {
        ItemKey itemKey = items.schema().keyOf(key);
        for (DocumentPath path : update.paths()) {
            refuseIf(
                    items.schema().has(path.attribute()),
                    () -> INVALID + "Cannot update attribute " + path.attribute()
                            + ". This attribute is part of the key");
        }
        return new Write(
                items,
                itemKey,
                before -> Optional.of(limited(
                        update.of(before.map(Item::attributes).orElse(key)),
                        "Item size to update has exceeded the maximum allowed size")));
    }

    private static Item limited(Map<String, AttributeValue> attributes, String tooLarge) {
        Item item = Item.of(attributes);
        refuseIf(item.size() > MAX_BYTES, tooLarge);
        return item;
    }

    /**
     * The same, if a condition holds for the item as it is.
     *
     * @param showsItem whether the error of a condition that does not hold shows the item
     */
    Write onlyIf(Expression condition, boolean showsItem) {
        return new Write(items, key, before -> {
            Map<String, AttributeValue> attributes =
                    before.map(Item::attributes).orElse(Map.of());
            if (new Evaluator(attributes).holds(condition)) {
                return step.apply(before);
            }
            ServiceError failed =
                    ServiceError.badRequest("ConditionalCheckFailedException", "The conditional request failed");
            throw showsItem && before.isPresent()
                    ? failed.with(ConditionalCheckFailedException.builder()
                            .item(attributes)
                            .build())
                    : failed;
        });
    }

    /** @throws ServiceError if the condition does not hold, or what is to become of the item cannot be */
    ItemStore.Change make() {
        return items.change(key, step);
    }
}
