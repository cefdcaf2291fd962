package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.expression.Condition;
import dev.resilient.cloud.dynamodb.expression.ExpressionKind;
import dev.resilient.cloud.dynamodb.expression.Expressions;
import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.expression.Update;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** UpdateItem. */
record ItemUpdates(Tables tables) {
    static final Update NOTHING = new Update(List.of(), List.of(), List.of(), List.of());

    /** Changes an item in place, or makes a new one of its key and the update when there is none. */
    UpdateItemResponse update(UpdateItemRequest request) {
        Unsupported.refuseLegacy(request);
        Expressions expressions =
                new Expressions(request.expressionAttributeNames(), request.expressionAttributeValues());
        Update update = expressions.update(request.updateExpression()).orElse(NOTHING);
        Optional<Condition> condition = expressions.condition(ExpressionKind.CONDITION, request.conditionExpression());
        expressions.requireAllUsed();
        Map<String, Value> key = AttributeValues.read(request.key());
        Write write = Write.update(
                tables.requireOpen(request.tableName()),
                key,
                update,
                condition,
                Items.showsOld(request.returnValuesOnConditionCheckFailure()));
        ItemStore.Change change = write.make();
        UpdateItemResponse.Builder response = UpdateItemResponse.builder();
        Capacity.shown(request.returnConsumedCapacity(), write.table().name(), Capacity.ofWrite(change))
                .ifPresent(response::consumedCapacity);
        returned(request.returnValues(), update, change)
                .filter(attributes -> !attributes.isEmpty())
                .ifPresent(attributes -> response.attributes(AttributeValues.write(attributes)));
        return response.build();
    }

    private static Optional<Map<String, Value>> returned(
            @Nullable ReturnValue asked, Update update, ItemStore.Change change) {
        if (asked == null) {
            return Optional.empty();
        }
        Projection touched = new Projection(update.paths());
        return switch (asked) {
            case NONE, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
            case ALL_OLD -> change.before().map(Item::attributes);
            case ALL_NEW -> change.after().map(Item::attributes);
            case UPDATED_OLD -> change.before().map(item -> touched.of(item.attributes()));
            case UPDATED_NEW -> change.after().map(item -> touched.of(item.attributes()));
        };
    }
}
