package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.expression.Condition;
import dev.resilient.cloud.dynamodb.expression.ConditionEvaluator;
import dev.resilient.cloud.dynamodb.expression.DocumentPath;
import dev.resilient.cloud.dynamodb.expression.Update;
import dev.resilient.cloud.dynamodb.expression.UpdateEvaluator;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.wire.ServiceError;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A change of one item that has been read and checked, and has not been made: what every operation that writes comes down to.
 *
 * @param condition must hold for the item as it is
 * @param showsItem whether the error of a condition that does not hold shows the item
 * @param step what becomes of the item, where empty stands for none; without effects of its own
 */
record Write(
        TableRecord table,
        ItemKey key,
        Optional<Condition> condition,
        boolean showsItem,
        UnaryOperator<Optional<Item>> step) {
    static final String CONDITION_FAILED = "ConditionalCheckFailedException";

    static Write put(TableRecord table, Item item, Optional<Condition> condition, boolean showsItem) {
        ItemKey key = table.schema().keyOfItem(item.attributes());
        return new Write(table, key, condition, showsItem, _ -> Optional.of(item));
    }

    static Write delete(TableRecord table, Map<String, Value> key, Optional<Condition> condition, boolean showsItem) {
        return new Write(table, table.schema().keyOf(key), condition, showsItem, _ -> Optional.empty());
    }

    /** Changes the item in place, or makes a new one of its key and the update when there is none. */
    static Write update(
            TableRecord table,
            Map<String, Value> key,
            Update update,
            Optional<Condition> condition,
            boolean showsItem) {
        ItemKey itemKey = table.schema().keyOf(key);
        refuseKeyChange(table.schema(), update);
        return new Write(
                table,
                itemKey,
                condition,
                showsItem,
                before -> Optional.of(ItemLimits.updated(UpdateEvaluator.apply(
                        update, before.map(Item::attributes).orElse(key)))));
    }

    private static void refuseKeyChange(KeySchema schema, Update update) {
        for (DocumentPath path : update.paths()) {
            refuseIf(
                    schema.has(path.attribute()),
                    () -> Validation.invalidParameter(
                            "Cannot update attribute " + path.attribute() + ". This attribute is part of the key"));
        }
    }

    /** @throws ServiceError if the condition does not hold, or what is to become of the item cannot be */
    ItemStore.Change make() {
        return table.items().change(key, this::applied);
    }

    private Optional<Item> applied(Optional<Item> before) {
        Map<String, Value> attributes = before.map(Item::attributes).orElse(Map.of());
        if (condition.isPresent() && !ConditionEvaluator.holds(condition.get(), attributes)) {
            ServiceError failed = ServiceError.badRequest(CONDITION_FAILED, "The conditional request failed");
            throw showsItem && before.isPresent()
                    ? failed.with(ConditionalCheckFailedException.builder()
                            .item(AttributeValues.write(attributes))
                            .build())
                    : failed;
        }
        return step.apply(before);
    }
}
