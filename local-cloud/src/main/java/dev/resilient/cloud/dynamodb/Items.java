package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.expression.Condition;
import dev.resilient.cloud.dynamodb.expression.Expressions;
import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** GetItem, PutItem and DeleteItem. */
record Items(Tables tables) {

    GetItemResponse get(GetItemRequest request) {
        Unsupported.refuseLegacy(request);
        Expressions expressions =
                new Expressions(request.expressionAttributeNames(), DefaultSdkAutoConstructMap.getInstance());
        Optional<Projection> projection = expressions.projection(request.projectionExpression());
        expressions.requireAllUsed();
        Map<String, Value> key = AttributeValues.read(request.key());
        TableRecord table = tables.requireOpen(request.tableName());
        Optional<Item> item = table.items().find(table.schema().keyOf(key));
        double units = Capacity.ofRead(item.map(Item::size).orElse(0), Boolean.TRUE.equals(request.consistentRead()));
        GetItemResponse.Builder response = GetItemResponse.builder();
        Capacity.shown(request.returnConsumedCapacity(), table.name(), units).ifPresent(response::consumedCapacity);
        item.ifPresent(found -> response.item(AttributeValues.write(projected(found, projection))));
        return response.build();
    }

    PutItemResponse put(PutItemRequest request) {
        Unsupported.refuseLegacy(request);
        boolean returnOld = returnsOld(request.returnValues());
        Optional<Condition> condition = new Expressions(
                        request.expressionAttributeNames(), request.expressionAttributeValues())
                .onlyCondition(request.conditionExpression());
        Item item = ItemLimits.put(AttributeValues.read(request.item()));
        Write write = Write.put(
                tables.requireOpen(request.tableName()),
                item,
                condition,
                showsOld(request.returnValuesOnConditionCheckFailure()));
        ItemStore.Change change = write.make();
        PutItemResponse.Builder response = PutItemResponse.builder();
        Capacity.shown(request.returnConsumedCapacity(), write.table().name(), Capacity.ofWrite(change))
                .ifPresent(response::consumedCapacity);
        change.before()
                .filter(_ -> returnOld)
                .ifPresent(old -> response.attributes(AttributeValues.write(old.attributes())));
        return response.build();
    }

    DeleteItemResponse delete(DeleteItemRequest request) {
        Unsupported.refuseLegacy(request);
        boolean returnOld = returnsOld(request.returnValues());
        Optional<Condition> condition = new Expressions(
                        request.expressionAttributeNames(), request.expressionAttributeValues())
                .onlyCondition(request.conditionExpression());
        Map<String, Value> key = AttributeValues.read(request.key());
        Write write = Write.delete(
                tables.requireOpen(request.tableName()),
                key,
                condition,
                showsOld(request.returnValuesOnConditionCheckFailure()));
        ItemStore.Change change = write.make();
        DeleteItemResponse.Builder response = DeleteItemResponse.builder();
        Capacity.shown(request.returnConsumedCapacity(), write.table().name(), Capacity.ofWrite(change))
                .ifPresent(response::consumedCapacity);
        change.before()
                .filter(_ -> returnOld)
                .ifPresent(old -> response.attributes(AttributeValues.write(old.attributes())));
        return response.build();
    }

    /** Whether the error of a condition that does not hold shows the item. */
    static boolean showsOld(@Nullable ReturnValuesOnConditionCheckFailure asked) {
        return asked == ReturnValuesOnConditionCheckFailure.ALL_OLD;
    }

    /** What a read shows of an item. */
    static Map<String, Value> projected(Item item, Optional<Projection> projection) {
        return projection.map(paths -> paths.of(item.attributes())).orElse(item.attributes());
    }

    private static boolean returnsOld(@Nullable ReturnValue returnValues) {
        if (returnValues == null || returnValues == ReturnValue.NONE) {
            return false;
        }
        refuseIf(
                returnValues != ReturnValue.ALL_OLD,
                () -> Validation.error("ReturnValues can only be ALL_OLD or NONE"));
        return true;
    }
}
