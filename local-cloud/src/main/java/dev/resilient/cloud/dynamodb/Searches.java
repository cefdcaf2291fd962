package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Shapes;
import dev.resilient.cloud.dynamodb.expression.Expression;
import dev.resilient.cloud.dynamodb.expression.Expressions;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.wire.ServiceError;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Query and Scan. */
record Searches(Tables tables) {

    /**
     * What both come down to.
     *
     * @param all the part of the table that is searched, whatever was searched of it already
     */
    private record Search(Table table, Expressions expressions, KeyRange all, boolean forward) {}

    QueryResponse query(QueryRequest request) {
        Unsupported.refuse(request);
        Expressions expressions = Expressions.of(request);
        Table table = table(request.tableName(), request.indexName());
        KeyRange all = KeyConditions.range(
                table.schema(),
                expressions
                        .key()
                        .orElseThrow(() -> Validation.error(
                                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
                                        + " request.")));
        expressions.filter().ifPresent(filter -> refuseKeyAttributes(table.schema(), filter));
        boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
        return answer(request, QueryResponse.builder(), new Search(table, expressions, all, forward));
    }

    ScanResponse scan(ScanRequest request) {
        Unsupported.refuse(request);
        Expressions expressions = Expressions.of(request);
        Table table = table(request.tableName(), request.indexName());
        return answer(request, ScanResponse.builder(), new Search(table, expressions, KeyRange.ALL, true));
    }

    private static <R, B extends SdkPojo & SdkBuilder<B, R>> R answer(SdkPojo request, B response, Search search) {
        Table table = search.table();
        Select select = Shapes.member(request, "Select", String.class)
                .map(Select::fromValue)
                .orElse(null);
        Selection selection = Selection.of(select, search.expressions().projection());
        ReadPart part = ReadPart.read(
                table.items().between(rest(request, search), search.forward()),
                Shapes.member(request, "Limit", Integer.class).orElse(Integer.MAX_VALUE),
                search.expressions().filter());
        Shapes.set(response, "Count", part.items().size());
        Shapes.set(response, "ScannedCount", part.scanned());
        Shapes.set(response, "Items", selection.countOnly() ? null : selection.of(part.items()));
        Shapes.set(
                response,
                "LastEvaluatedKey",
                part.last()
                        .map(last -> table.schema().keyAttributes(last.attributes()))
                        .orElse(null));
        boolean consistent =
                Shapes.member(request, "ConsistentRead", Boolean.class).orElse(false);
        ReturnConsumedCapacity capacity = Shapes.member(request, "ReturnConsumedCapacity", String.class)
                .map(ReturnConsumedCapacity::fromValue)
                .orElse(null);
        Shapes.set(
                response,
                "ConsumedCapacity",
                Capacity.shown(capacity, table.name(), Capacity.ofRead(part.bytes(), consistent)));
        return response.build();
    }

    /** What has not been searched yet. */
    @SuppressWarnings("unchecked") // Keys are attributes.
    private static KeyRange rest(SdkPojo request, Search search) {
        return Shapes.member(request, "ExclusiveStartKey", Map.class)
                .map(key -> startKey(search.table(), (Map<String, AttributeValue>) key))
                .map(start -> {
                    refuseIf(
                            !search.all().contains(start),
                            () -> Validation.error("The provided starting key is outside query boundaries based on"
                                    + " provided conditions"));
                    return search.all().after(start, search.forward());
                })
                .orElse(search.all());
    }

    private static ItemKey startKey(Table table, Map<String, AttributeValue> start) {
        try {
            return table.schema().keyOf(AttributeValues.checked(start));
        } catch (ServiceError invalid) {
            throw Validation.error("The provided starting key is invalid: " + invalid.getMessage());
        }
    }

    private Table table(String name, @Nullable String index) {
        Table table = tables.requireOpen(name);
        refuseIf(index != null, () -> Validation.error("The table does not have the specified index: " + index));
        return table;
    }

    private static void refuseKeyAttributes(KeySchema schema, Expression filter) {
        filter.paths().filter(path -> schema.has(path.attribute())).findFirst().ifPresent(path -> {
            throw Validation.error(
                    "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                            + path.attribute());
        });
    }
}
