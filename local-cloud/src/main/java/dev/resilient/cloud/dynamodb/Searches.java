package dev.resilient.cloud.dynamodb;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.dynamodb.expression.Condition;
import dev.resilient.cloud.dynamodb.expression.ConditionPaths;
import dev.resilient.cloud.dynamodb.expression.ExpressionKind;
import dev.resilient.cloud.dynamodb.expression.Expressions;
import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.wire.ServiceError;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Query and Scan. */
record Searches(Tables tables) {

    QueryResponse query(QueryRequest request) {
        Unsupported.refuseLegacy(request);
        Expressions expressions =
                new Expressions(request.expressionAttributeNames(), request.expressionAttributeValues());
        Optional<Condition> filter = expressions.condition(ExpressionKind.FILTER, request.filterExpression());
        Optional<Condition> key = expressions.condition(ExpressionKind.KEY_CONDITION, request.keyConditionExpression());
        Optional<Projection> projection = expressions.projection(request.projectionExpression());
        expressions.requireAllUsed();
        boolean consistent = Boolean.TRUE.equals(request.consistentRead());
        TableRecord table = table(request.tableName(), request.indexName());
        Selection selection = Selection.of(request.select(), projection);
        KeyRange all = KeyConditions.range(
                table.schema(),
                key.orElseThrow(
                        () -> Validation.error("Either the KeyConditions or KeyConditionExpression parameter must be "
                                + "specified in the request.")));
        filter.ifPresent(condition -> refuseKeyAttributes(table.schema(), condition));
        boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
        KeyRange rest = request.hasExclusiveStartKey()
                ? all.after(startInside(all, startKey(table, request.exclusiveStartKey())), forward)
                : all;
        ReadPart part = ReadPart.read(table.items().between(rest, forward), limit(request.limit()), filter);
        QueryResponse.Builder response =
                QueryResponse.builder().count(part.items().size()).scannedCount(part.scanned());
        Capacity.shown(request.returnConsumedCapacity(), table.name(), Capacity.ofRead(part.bytes(), consistent))
                .ifPresent(response::consumedCapacity);
        if (!selection.countOnly()) {
            response.items(selection.of(part.items()));
        }
        part.last()
                .ifPresent(last -> response.lastEvaluatedKey(
                        AttributeValues.write(table.schema().keyAttributes(last.attributes()))));
        return response.build();
    }

    ScanResponse scan(ScanRequest request) {
        Unsupported.refuseLegacy(request);
        Expressions expressions =
                new Expressions(request.expressionAttributeNames(), request.expressionAttributeValues());
        Optional<Condition> filter = expressions.condition(ExpressionKind.FILTER, request.filterExpression());
        Optional<Projection> projection = expressions.projection(request.projectionExpression());
        expressions.requireAllUsed();
        KeyRange all = segment(request);
        boolean consistent = Boolean.TRUE.equals(request.consistentRead());
        TableRecord table = table(request.tableName(), request.indexName());
        Selection selection = Selection.of(request.select(), projection);
        KeyRange rest = request.hasExclusiveStartKey()
                ? all.after(startInSegment(all, startKey(table, request.exclusiveStartKey()), request), true)
                : all;
        ReadPart part = ReadPart.read(table.items().between(rest, true), limit(request.limit()), filter);
        ScanResponse.Builder response =
                ScanResponse.builder().count(part.items().size()).scannedCount(part.scanned());
        Capacity.shown(request.returnConsumedCapacity(), table.name(), Capacity.ofRead(part.bytes(), consistent))
                .ifPresent(response::consumedCapacity);
        if (!selection.countOnly()) {
            response.items(selection.of(part.items()));
        }
        part.last()
                .ifPresent(last -> response.lastEvaluatedKey(
                        AttributeValues.write(table.schema().keyAttributes(last.attributes()))));
        return response.build();
    }

    private TableRecord table(String name, @Nullable String index) {
        TableRecord table = tables.requireOpen(name);
        if (index != null) {
            throw Validation.error("The table does not have the specified index: " + index);
        }
        return table;
    }

    private static ItemKey startKey(TableRecord table, Map<String, AttributeValue> start) {
        try {
            return table.schema().keyOf(AttributeValues.read(start));
        } catch (ServiceError invalid) {
            throw Validation.error("The provided starting key is invalid: " + invalid.getMessage());
        }
    }

    private static void refuseKeyAttributes(KeySchema schema, Condition filter) {
        ConditionPaths.of(filter)
                .filter(path -> schema.has(path.attribute()))
                .findFirst()
                .ifPresent(path -> {
                    throw Validation.error(
                            "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                                    + path.attribute());
                });
    }

    private static KeyRange segment(ScanRequest request) {
        Integer segment = request.segment();
        Integer total = request.totalSegments();
        if (segment == null && total == null) {
            return KeyRange.ofSegment(0, 1);
        }
        if (total == null) {
            throw Validation.error("The TotalSegments parameter is required but was not present in the request when "
                    + "Segment parameter is present");
        }
        if (segment == null) {
            throw Validation.error(
                    "The Segment parameter is required but was not present in the request when parameter "
                            + "TotalSegments is present");
        }
        refuseIf(
                segment >= total,
                () -> Validation.error(
                        "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                                + "Segment: " + segment + " is not less than TotalSegments: " + total));
        return KeyRange.ofSegment(segment, total);
    }

    private static ItemKey startInside(KeyRange range, ItemKey start) {
        refuseIf(
                !range.contains(start),
                () -> Validation.error(
                        "The provided starting key is outside query boundaries based on provided conditions"));
        return start;
    }

    private static ItemKey startInSegment(KeyRange segment, ItemKey start, ScanRequest request) {
        refuseIf(
                !segment.contains(start),
                () -> Validation.error("The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
                        + "ExclusiveStartKey with correct Segment. TotalSegments: " + request.totalSegments()
                        + " Segment: " + request.segment()));
        return start;
    }

    private static int limit(@Nullable Integer limit) {
        return limit == null ? Integer.MAX_VALUE : limit;
    }
}
