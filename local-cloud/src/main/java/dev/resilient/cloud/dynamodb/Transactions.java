package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.expression.Condition;
import dev.resilient.cloud.dynamodb.expression.ExpressionKind;
import dev.resilient.cloud.dynamodb.expression.Expressions;
import dev.resilient.cloud.dynamodb.expression.Projection;
import dev.resilient.cloud.dynamodb.value.AttributeValues;
import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** TransactWriteItems and TransactGetItems: all or nothing, and no other write in between. */
final class Transactions {
    private static final CancellationReason NO_REASON =
            CancellationReason.builder().code("None").build();
    private static final Duration TOKENS_LAST = Duration.ofMinutes(10);
    /** What preparing and committing costs, compared with one call. */
    private static final int TWICE = 2;

    private final Tables tables;
    private final Map<String, Used> tokens = new ConcurrentHashMap<>();

    Transactions(Tables tables) {
        this.tables = tables;
    }

    /** A client's token, and the request that it came with. */
    private record Used(TransactWriteItemsRequest request, Instant until) {}

    /** One item to be read. */
    private record Read(TableRecord table, ItemKey key, Optional<Projection> projection) {}

    TransactWriteItemsResponse write(TransactWriteItemsRequest request) {
        List<Write> writes =
                request.transactItems().stream().map(this::prepared).toList();
        Set<List<Object>> items = new HashSet<>();
        for (Write write : writes) {
            if (!items.add(List.of(write.table().id(), write.key()))) {
                throw Validation.error("Transaction request cannot include multiple operations on one item");
            }
        }
        Map<String, Double> units = new LinkedHashMap<>();
        tables.alone(() -> {
            if (isNew(request)) {
                List<ItemStore.Change> changes = tried(writes);
                tables.together(() -> writes.forEach(Write::make));
                remember(request);
                for (int i = 0; i < writes.size(); i++) {
                    units.merge(writes.get(i).table().name(), TWICE * Capacity.ofWrite(changes.get(i)), Double::sum);
                }
            }
        });
        return TransactWriteItemsResponse.builder()
                .consumedCapacity(shown(request.returnConsumedCapacity(), units))
                .build();
    }

    /** A request that comes again with its token does nothing more, for ten minutes. */
    private boolean isNew(TransactWriteItemsRequest request) {
        Instant now = tables.time().instant();
        tokens.values().removeIf(used -> !now.isBefore(used.until()));
        Used used = request.clientRequestToken() == null ? null : tokens.get(request.clientRequestToken());
        if (used != null && !used.request().equals(request)) {
            throw ServiceError.badRequest(
                    "IdempotentParameterMismatchException",
                    "Request parameters do not match the parameters of an earlier request with the same token");
        }
        return used == null;
    }

    private void remember(TransactWriteItemsRequest request) {
        if (request.clientRequestToken() != null) {
            Instant until = tables.time().instant().plus(TOKENS_LAST);
            tokens.put(request.clientRequestToken(), new Used(request, until));
        }
    }

    /** What each write would do; if one cannot be made, the reasons for all. */
    private static List<ItemStore.Change> tried(List<Write> writes) {
        List<ItemStore.Change> changes = new ArrayList<>();
        List<CancellationReason> reasons = new ArrayList<>();
        for (Write write : writes) {
            try {
                changes.add(write.tried());
                reasons.add(NO_REASON);
            } catch (ServiceError refused) {
                reasons.add(reason(refused));
            }
        }
        if (changes.size() < writes.size()) {
            String codes = reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", ", "[", "]"));
            throw ServiceError.badRequest(
                            "TransactionCanceledException",
                            "Transaction cancelled, please refer cancellation reasons for specific reasons " + codes)
                    .with(TransactionCanceledException.builder()
                            .cancellationReasons(reasons)
                            .build());
        }
        return changes;
    }

    private static CancellationReason reason(ServiceError refused) {
        CancellationReason.Builder reason = CancellationReason.builder()
                .code(refused.code().equals(Write.CONDITION_FAILED) ? "ConditionalCheckFailed" : "ValidationError")
                .message(refused.getMessage());
        if (refused.details().orElse(null) instanceof ConditionalCheckFailedException failed) {
            reason.item(failed.item());
        }
        return reason.build();
    }

    private Write prepared(TransactWriteItem item) {
        long members = item.sdkFields().stream()
                .filter(field -> field.getValueOrDefault(item) != null)
                .count();
        if (members != 1) {
            throw Validation.error("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        if (item.put() != null) {
            return put(item.put());
        }
        if (item.delete() != null) {
            return delete(item.delete());
        }
        return item.conditionCheck() != null ? check(item.conditionCheck()) : update(item.update());
    }

    private Write put(Put put) {
        Optional<Condition> condition = new Expressions(put.expressionAttributeNames(), put.expressionAttributeValues())
                .onlyCondition(put.conditionExpression());
        return Write.put(
                tables.requireOpen(put.tableName()),
                ItemLimits.put(AttributeValues.read(put.item())),
                condition,
                Items.showsOld(put.returnValuesOnConditionCheckFailure()));
    }

    private Write delete(Delete delete) {
        Optional<Condition> condition = new Expressions(
                        delete.expressionAttributeNames(), delete.expressionAttributeValues())
                .onlyCondition(delete.conditionExpression());
        return Write.delete(
                tables.requireOpen(delete.tableName()),
                AttributeValues.read(delete.key()),
                condition,
                Items.showsOld(delete.returnValuesOnConditionCheckFailure()));
    }

    private Write check(ConditionCheck check) {
        Optional<Condition> condition = new Expressions(
                        check.expressionAttributeNames(), check.expressionAttributeValues())
                .onlyCondition(check.conditionExpression());
        return Write.check(
                tables.requireOpen(check.tableName()),
                AttributeValues.read(check.key()),
                condition,
                Items.showsOld(check.returnValuesOnConditionCheckFailure()));
    }

    private Write update(Update update) {
        Expressions expressions =
                new Expressions(update.expressionAttributeNames(), update.expressionAttributeValues());
        var change = expressions.update(update.updateExpression()).orElse(ItemUpdates.NOTHING);
        Optional<Condition> condition = expressions.condition(ExpressionKind.CONDITION, update.conditionExpression());
        expressions.requireAllUsed();
        return Write.update(
                tables.requireOpen(update.tableName()),
                AttributeValues.read(update.key()),
                change,
                condition,
                Items.showsOld(update.returnValuesOnConditionCheckFailure()));
    }

    TransactGetItemsResponse get(TransactGetItemsRequest request) {
        List<Read> reads = request.transactItems().stream()
                .map(TransactGetItem::get)
                .map(this::read)
                .toList();
        List<Optional<Item>> items = new ArrayList<>();
        tables.alone(() -> reads.forEach(read -> items.add(read.table().items().find(read.key()))));
        List<ItemResponse> responses = new ArrayList<>();
        Map<String, Double> units = new LinkedHashMap<>();
        for (int i = 0; i < reads.size(); i++) {
            Read read = reads.get(i);
            Optional<Item> item = items.get(i);
            responses.add(item.map(found -> ItemResponse.builder()
                            .item(AttributeValues.write(Items.projected(found, read.projection())))
                            .build())
                    .orElseGet(() -> ItemResponse.builder().build()));
            units.merge(
                    read.table().name(),
                    TWICE * Capacity.ofRead(item.map(Item::size).orElse(0), true),
                    Double::sum);
        }
        return TransactGetItemsResponse.builder()
                .responses(responses)
                .consumedCapacity(shown(request.returnConsumedCapacity(), units))
                .build();
    }

    private Read read(Get get) {
        Expressions expressions =
                new Expressions(get.expressionAttributeNames(), DefaultSdkAutoConstructMap.getInstance());
        Optional<Projection> projection = expressions.projection(get.projectionExpression());
        expressions.requireAllUsed();
        TableRecord table = tables.requireOpen(get.tableName());
        return new Read(table, table.schema().keyOf(AttributeValues.read(get.key())), projection);
    }

    private static List<ConsumedCapacity> shown(@Nullable ReturnConsumedCapacity asked, Map<String, Double> units) {
        return units.entrySet().stream()
                .flatMap(used -> Capacity.shown(asked, used.getKey(), used.getValue()).stream())
                .toList();
    }
}
