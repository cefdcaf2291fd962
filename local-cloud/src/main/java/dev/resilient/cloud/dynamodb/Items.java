package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.Expressions;
import dev.resilient.expression.Projection;
import dev.resilient.expression.Update;
import dev.resilient.expression.value.AttributeValues;
import dev.resilient.expression.value.Item;
import dev.resilient.wire.shape.Members;
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
        ItemStore items = tables.open(request.tableName());
        Optional<Item> item = items.find(items.schema().keyOf(key));
        double units = Capacity.ofRead(item.map(Item::size).orElse(0), Boolean.TRUE.equals(request.consistentRead()));
        return GetItemResponse.builder()
                .item(item.map(found -> projected(found, projection)).orElse(null))
                .consumedCapacity(Capacity.shown(request.returnConsumedCapacity(), items.table(), units))
                .build();
    }

    /** What a read shows of an item. */
    static Map<String, AttributeValue> projected(Item item, Optional<Projection> projection) {
        return projection.map(paths -> paths.of(item.attributes())).orElse(item.attributes());
    }

    PutItemResponse put(PutItemRequest request) {
        refuseOtherThanOld(request.returnValues());
        return write(request, PutItemResponse.builder(), request.item(), (items, item, _) -> Write.put(items, item));
    }

    DeleteItemResponse delete(DeleteItemRequest request) {
        refuseOtherThanOld(request.returnValues());
        return write(request, DeleteItemResponse.builder(), request.key(), (items, key, _) -> Write.delete(items, key));
    }

    UpdateItemResponse update(UpdateItemRequest request) {
        return write(request, UpdateItemResponse.builder(), request.key(), Write::update);
    }

    /** How a kind of request changes an item. */
    @FunctionalInterface
    private interface Kind {
        Write of(ItemStore items, Map<String, AttributeValue> attributes, Update update);
    }

    private <R, B extends SdkPojo & SdkBuilder<B, R>> R write(
            SdkPojo request, B response, Map<String, AttributeValue> sent, Kind kind) {
        Unsupported.refuse(request);
        Expressions expressions = Expressions.of(request);
        Update update = expressions.update().orElse(Update.NOTHING);
        Map<String, AttributeValue> attributes = AttributeValues.checked(sent);
        ItemStore items = tables.open(text(request, "TableName"));
        Write write = kind.of(items, attributes, update);
        boolean showsItem = text(request, "ReturnValuesOnConditionCheckFailure").equals("ALL_OLD");
        ItemStore.Change change = expressions
                .condition()
                .map(condition -> write.onlyIf(condition, showsItem))
                .orElse(write)
                .make();
        ReturnValue asked = ReturnValue.fromValue(text(request, "ReturnValues"));
        Members.set(response, "Attributes", returned(asked, update, change));
        ReturnConsumedCapacity capacity = ReturnConsumedCapacity.fromValue(text(request, "ReturnConsumedCapacity"));
        Members.set(response, "ConsumedCapacity", Capacity.shown(capacity, items.table(), Capacity.ofWrite(change)));
        return response.build();
    }

    private static String text(SdkPojo request, String member) {
        return Members.get(request, member, String.class).orElse("NONE");
    }

    /** Null for nothing. */
    private static @Nullable Map<String, AttributeValue> returned(
            ReturnValue asked, Update update, ItemStore.Change change) {
        boolean old = asked == ReturnValue.ALL_OLD || asked == ReturnValue.UPDATED_OLD;
        boolean all = asked == ReturnValue.ALL_OLD || asked == ReturnValue.ALL_NEW;
        return Optional.of(old ? change.before() : change.after())
                .filter(_ -> asked != ReturnValue.NONE)
                .flatMap(shown -> shown.map(Item::attributes))
                .map(shown -> all ? shown : new Projection(update.paths()).of(shown))
                .filter(shown -> !shown.isEmpty())
                .orElse(null);
    }

    private static void refuseOtherThanOld(@Nullable ReturnValue asked) {
        refuseIf(
                asked != null && asked != ReturnValue.NONE && asked != ReturnValue.ALL_OLD,
                "ReturnValues can only be ALL_OLD or NONE");
    }
}
