package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.expression.Condition;
import dev.resilient.cloud.dynamodb.expression.ConditionPaths;
import dev.resilient.cloud.dynamodb.expression.ExpressionKind;
import dev.resilient.cloud.dynamodb.expression.Expressions;
import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.value.Validation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Query and Scan. */
final class Searches {
    private final Tables tables;

    Searches(Tables tables) {
        this.tables = tables;
    }

    QueryResponse query(QueryRequest request) {
        refuseLegacy(request);
        Expressions expressions =
                new Expressions(request.expressionAttributeNames(), request.expressionAttributeValues());
        Optional<Condition> filter = expressions.condition(ExpressionKind.FILTER, request.filterExpression());
        Optional<Condition> key = expressions.condition(ExpressionKind.KEY_CONDITION, request.keyConditionExpression());
        Optional<Projection> projection = expressions.projection(request.projectionExpression());
        expressions.requireAllUsed();
        boolean consistent = Boolean.TRUE.equals(request.consistentRead());
        SearchSource source = source(request.tableName(), request.indexName(), consistent);
        Selection selection = source.selection(request.select(), projection);
        KeyRange all = KeyConditions.range(
                source.schema(),
                key.orElseThrow(
                        () -> Validation.error("Either the KeyConditions or KeyConditionExpression parameter must be "
                                + "specified in the request.")));
        filter.ifPresent(condition -> refuseKeyAttributes(source.schema(), condition));
        boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
        KeyRange rest = request.hasExclusiveStartKey()
                ? all.after(startInside(all, source.startKey(request.exclusiveStartKey())), forward)
                : all;
        ReadPart part = ReadPart.read(source.between(rest, forward), limit(request.limit()), filter);
        QueryResponse.Builder response =
                QueryResponse.builder().count(part.items().size()).scannedCount(part.scanned());
        Capacity.shown(
                        request.returnConsumedCapacity(),
                        source.table().name(),
                        Capacity.ofRead(part.bytes(), consistent))
                .ifPresent(response::consumedCapacity);
        if (!selection.countOnly()) {
            response.items(selection.of(part.items()));
        }
        part.last().ifPresent(last -> response.lastEvaluatedKey(source.keyOf(last)));
        return response.build();
    }

    ScanResponse scan(ScanRequest request) {
        refuseLegacy(request);
        Expressions expressions =
                new Expressions(request.expressionAttributeNames(), request.expressionAttributeValues());
        Optional<Condition> filter = expressions.condition(ExpressionKind.FILTER, request.filterExpression());
        Optional<Projection> projection = expressions.projection(request.projectionExpression());
        expressions.requireAllUsed();
        KeyRange all = segment(request);
        boolean consistent = Boolean.TRUE.equals(request.consistentRead());
        SearchSource source = source(request.tableName(), request.indexName(), consistent);
        Selection selection = source.selection(request.select(), projection);
        KeyRange rest = request.hasExclusiveStartKey()
                ? all.after(startInSegment(all, source.startKey(request.exclusiveStartKey()), request), true)
                : all;
        ReadPart part = ReadPart.read(source.between(rest, true), limit(request.limit()), filter);
        ScanResponse.Builder response =
                ScanResponse.builder().count(part.items().size()).scannedCount(part.scanned());
        Capacity.shown(
                        request.returnConsumedCapacity(),
                        source.table().name(),
                        Capacity.ofRead(part.bytes(), consistent))
                .ifPresent(response::consumedCapacity);
        if (!selection.countOnly()) {
            response.items(selection.of(part.items()));
        }
        part.last().ifPresent(last -> response.lastEvaluatedKey(source.keyOf(last)));
        return response.build();
    }

    private SearchSource source(String tableName, @Nullable String indexName, boolean consistent) {
        TableRecord table = tables.requireOpen(tableName);
        return SearchSource.of(table, indexName, consistent, tables.time().nanoTime());
    }

    private static void refuseLegacy(QueryRequest request) {
        Unsupported.refuseLegacy("KeyConditions", request.hasKeyConditions(), "KeyConditionExpression");
        Unsupported.refuseLegacy("QueryFilter", request.hasQueryFilter(), "FilterExpression");
        Unsupported.refuseLegacy("ConditionalOperator", request.conditionalOperator() != null, "FilterExpression");
        Unsupported.refuseLegacy("AttributesToGet", request.hasAttributesToGet(), "ProjectionExpression");
    }

    private static void refuseLegacy(ScanRequest request) {
        Unsupported.refuseLegacy("ScanFilter", request.hasScanFilter(), "FilterExpression");
        Unsupported.refuseLegacy("ConditionalOperator", request.conditionalOperator() != null, "FilterExpression");
        Unsupported.refuseLegacy("AttributesToGet", request.hasAttributesToGet(), "ProjectionExpression");
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
        if (segment >= total) {
            throw Validation.error("The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                    + "Segment: " + segment + " is not less than TotalSegments: " + total);
        }
        return KeyRange.ofSegment(segment, total);
    }

    private static ItemKey startInside(KeyRange range, ItemKey start) {
        if (!range.contains(start)) {
            throw Validation.error(
                    "The provided starting key is outside query boundaries based on provided conditions");
        }
        return start;
    }

    private static ItemKey startInSegment(KeyRange segment, ItemKey start, ScanRequest request) {
        if (!segment.contains(start)) {
            throw Validation.error("The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
                    + "ExclusiveStartKey with correct Segment. TotalSegments: " + request.totalSegments() + " Segment: "
                    + request.segment());
        }
        return start;
    }

    private static int limit(@Nullable Integer limit) {
        return limit == null ? Integer.MAX_VALUE : limit;
    }
}
