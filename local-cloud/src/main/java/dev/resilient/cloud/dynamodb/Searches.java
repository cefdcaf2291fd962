package dev.resilient.cloud.dynamodb;

import static dev.resilient.expression.value.Validation.INVALID;
import static dev.resilient.expression.value.Validation.refuseIf;

import dev.resilient.expression.Expressions;
import dev.resilient.expression.Projection;
import dev.resilient.expression.value.AttributeValues;
import dev.resilient.expression.value.Validation;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Query and Scan. */
record Searches(Tables tables) {

    QueryResponse query(QueryRequest request) {
        Unsupported.refuse(request);
        Expressions expressions = Expressions.of(request);
        ItemStore items = open(request);
        KeyRange part = KeyConditions.range(
                items.schema(),
                expressions
                        .key()
                        .orElseThrow(() -> Validation.error(
                                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
                                        + " request.")));
        expressions.filter().stream()
                .flatMap(filter -> filter.paths())
                .forEach(path -> refuseIf(
                        items.schema().has(path.attribute()),
                        () -> "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                                + path.attribute()));
        return search(request, items, part, expressions);
    }

    /** A query of the whole table. */
    ScanResponse scan(ScanRequest request) {
        Unsupported.refuse(request);
        Expressions expressions = Expressions.of(request);
        QueryRequest query = Members.copy(request, QueryRequest.builder()).build();
        QueryResponse found = search(query, open(query), KeyRange.ALL, expressions);
        return Members.copy(found, ScanResponse.builder()).build();
    }

    private ItemStore open(QueryRequest request) {
        ItemStore items = tables.open(request.tableName());
        refuseIf(
                request.indexName() != null,
                () -> "The table does not have the specified index: " + request.indexName());
        return items;
    }

    /** Searches this part of a table, or what is left of it behind the starting key. */
    private static QueryResponse search(QueryRequest request, ItemStore items, KeyRange part, Expressions expressions) {
        Optional<Projection> projection = expressions.projection();
        checkSelect(request.select(), projection.isPresent());
        boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
        KeyRange rest = part;
        if (request.hasExclusiveStartKey()) {
            ItemKey start = start(items.schema(), request.exclusiveStartKey());
            refuseIf(
                    !part.contains(start),
                    "The provided starting key is outside query boundaries based on provided conditions");
            rest = part.after(start, forward);
        }
        ReadPart read = ReadPart.read(
                items.between(rest, forward),
                Optional.ofNullable(request.limit()).orElse(Integer.MAX_VALUE),
                expressions.filter());
        double units = Capacity.ofRead(read.bytes(), Boolean.TRUE.equals(request.consistentRead()));
        QueryResponse.Builder response = QueryResponse.builder()
                .count(read.items().size())
                .scannedCount(read.scanned())
                .consumedCapacity(Capacity.shown(request.returnConsumedCapacity(), items.table(), units));
        read.last().ifPresent(last -> response.lastEvaluatedKey(items.schema().keyAttributes(last.attributes())));
        if (request.select() != Select.COUNT) {
            response.items(read.items().stream()
                    .map(item -> Items.projected(item, projection))
                    .toList());
        }
        return response.build();
    }

    private static ItemKey start(KeySchema schema, Map<String, AttributeValue> key) {
        try {
            return schema.keyOf(AttributeValues.checked(key));
        } catch (ServiceError invalid) {
            throw Validation.error("The provided starting key is invalid: " + invalid.getMessage());
        }
    }

    private static void checkSelect(@Nullable Select select, boolean projected) {
        refuseIf(
                projected && (select == Select.ALL_ATTRIBUTES || select == Select.COUNT),
                () -> "Cannot specify the ProjectionExpression when choosing to get " + select);
        refuseIf(
                !projected && select == Select.SPECIFIC_ATTRIBUTES,
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        refuseIf(
                select == Select.ALL_PROJECTED_ATTRIBUTES,
                INVALID + "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }
}
