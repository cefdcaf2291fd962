package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Shapes;
import dev.resilient.cloud.dynamodb.expression.Expressions;
import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.expression.Update;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** GetItem, PutItem, UpdateItem and DeleteItem. */
record Items(Tables tables) {

    GetItemResponse get(GetItemRequest request) {
        Unsupported.refuse(request);
        Optional<Projection> projection = Expressions.of(request).projection();
        Map<String, AttributeValue> key = AttributeValues.checked(request.key());
        Table table = tables.requireOpen(request.tableName());
        Optional<Item> item = table.items().find(table.schema().keyOf(key));
        double units = Capacity.ofRead(item.map(Item::size).orElse(0), Boolean.TRUE.equals(request.consistentRead()));
        return GetItemResponse.builder()
                .item(item.map(found -> projected(found, projection)).orElse(null))
                .consumedCapacity(Capacity.shown(request.returnConsumedCapacity(), table.name(), units))
                .build();
    }

    /** What a read shows of an item. */
    static Map<String, AttributeValue> projected(Item item, Optional<Projection> projection) {
        return projection.map(paths -> paths.of(item.attributes())).orElse(item.attributes());
    }

    PutItemResponse put(PutItemRequest request) {
        refuseOtherThanOld(request.returnValues());
        return write(request, PutItemResponse.builder(), request.item(), (table, item, _) -> Write.put(table, item));
    }

    DeleteItemResponse delete(DeleteItemRequest request) {
        refuseOtherThanOld(request.returnValues());
        return write(request, DeleteItemResponse.builder(), request.key(), (table, key, _) -> Write.delete(table, key));
    }

    UpdateItemResponse update(UpdateItemRequest request) {
        return write(request, UpdateItemResponse.builder(), request.key(), Write::update);
    }

    /** How a kind of request changes an item. */
    @FunctionalInterface
    private interface Kind {
        Write of(Table table, Map<String, AttributeValue> attributes, Update update);
    }

    private <R, B extends SdkPojo & SdkBuilder<B, R>> R write(
            SdkPojo request, B response, Map<String, AttributeValue> sent, Kind kind) {
        Unsupported.refuse(request);
        Expressions expressions = Expressions.of(request);
        Update update = expressions.update().orElse(Update.NOTHING);
        Map<String, AttributeValue> attributes = AttributeValues.checked(sent);
        Table table = tables.requireOpen(text(request, "TableName"));
        Write write = kind.of(table, attributes, update);
        boolean showsItem = text(request, "ReturnValuesOnConditionCheckFailure").equals("ALL_OLD");
        ItemStore.Change change = expressions
                .condition()
                .map(condition -> write.onlyIf(condition, showsItem))
                .orElse(write)
                .make();
        Shapes.set(
                response,
                "Attributes",
                returned(ReturnValue.fromValue(text(request, "ReturnValues")), update, change)
                        .filter(shown -> !shown.isEmpty())
                        .orElse(null));
        ReturnConsumedCapacity capacity = ReturnConsumedCapacity.fromValue(text(request, "ReturnConsumedCapacity"));
        Shapes.set(response, "ConsumedCapacity", Capacity.shown(capacity, table.name(), Capacity.ofWrite(change)));
        return response.build();
    }

    private static String text(SdkPojo request, String member) {
        return Shapes.member(request, member, String.class).orElse("NONE");
    }

    private static Optional<Map<String, AttributeValue>> returned(
            ReturnValue asked, Update update, ItemStore.Change change) {
        Optional<Map<String, AttributeValue>> before = change.before().map(Item::attributes);
        Optional<Map<String, AttributeValue>> after = change.after().map(Item::attributes);
        Projection touched = new Projection(update.paths());
        return switch (asked) {
            case NONE, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
            case ALL_OLD -> before;
            case ALL_NEW -> after;
            case UPDATED_OLD -> before.map(touched::of);
            case UPDATED_NEW -> after.map(touched::of);
        };
    }

    private static void refuseOtherThanOld(@Nullable ReturnValue asked) {
        refuseIf(
                asked != null && asked != ReturnValue.NONE && asked != ReturnValue.ALL_OLD,
                () -> Validation.error("ReturnValues can only be ALL_OLD or NONE"));
    }
}
