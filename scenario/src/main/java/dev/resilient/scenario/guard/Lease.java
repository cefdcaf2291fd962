package dev.resilient.scenario.guard;

import dev.resilient.scenario.guard.Guarding.Tenure;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * The right to act, which one guard at a time has: a row of the table, whose term its holder raises again and again. Another guard
 * takes it when it has seen the same term for so long, by its own elapsed time, that the holder must have stopped; so no two clocks
 * have to agree. Every write has the term as its condition: a holder that stood still for a while and comes back finds that it is
 * the holder no longer before it can act. That is also why a guard may take it at once from one that still runs. Until when it is held
 * is written for people alone. Confined to one thread.
 */
final class Lease {
    /** The row's key; no instance is called so. */
    static final String ROW = "guard-lease";

    private static final String MINE = "Holder = :me AND Term = :term";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final String me;
    private final Duration lasts;
    private final boolean atOnce;
    private final TimeSource time;
    private @Nullable Terms seen;
    private long seenNanos;

    /**
     * @param me what this guard is called; no other may be called so
     * @param lasts how long a holder may be silent
     * @param atOnce whether it is taken whoever has it; of one deployment's guards one may do so
     */
    Lease(DynamoDbClient dynamoDb, String table, String me, Duration lasts, boolean atOnce, TimeSource time) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.me = me;
        this.lasts = lasts;
        this.atOnce = atOnce;
        this.time = time;
    }

    /** Who had it last, and until when; empty if nobody ever had. */
    static Optional<Tenure> last(DynamoDbClient dynamoDb, String table) {
        Map<String, AttributeValue> row;
        try {
            row = row(dynamoDb, table);
        } catch (ResourceNotFoundException _) {
            // The deployment is being destroyed.
            return Optional.empty();
        }
        AttributeValue holder = row.get("Holder");
        return holder == null
                ? Optional.empty()
                : Optional.of(new Tenure(holder.s(), Instant.ofEpochMilli(numberOf(row.get("HeldUntil")))));
    }

    /**
     * What the row says.
     *
     * @param replaced how many instances were replaced within the last period, as the holder counted
     */
    record Terms(String holder, long term, int replaced) {}

    /** Takes the lease, or keeps it; empty if another guard has it. */
    Optional<Terms> hold() {
        long nanos = time.nanoTime();
        Terms now = read();
        if (!now.equals(seen)) {
            seen = now;
            seenNanos = nanos;
        }
        boolean mayTake = atOnce || now.holder().equals(me) || now.term() == 0 || nanos - seenNanos >= lasts.toNanos();
        return mayTake ? write(now, new Terms(me, now.term() + 1, now.replaced())) : Optional.empty();
    }

    /**
     * Notes how many were replaced within the period, before another one is; empty if the lease was lost, and nobody may be.
     *
     * @param held the terms on which it is held
     */
    Optional<Terms> note(Terms held, int replaced) {
        return write(held, new Terms(me, held.term() + 1, replaced));
    }

    private Optional<Terms> write(Terms before, Terms after) {
        try {
            dynamoDb.updateItem(request -> request.tableName(table)
                    .key(Map.of(HeartbeatRows.KEY, AttributeValue.fromS(ROW)))
                    .updateExpression("SET Holder = :after, Term = :next, Replaced = :replaced, HeldUntil = :until")
                    .conditionExpression(before.term() == 0 ? "attribute_not_exists(Term)" : MINE)
                    .expressionAttributeValues(values(before, after)));
            seen = after;
            seenNanos = time.nanoTime();
            return Optional.of(after);
        } catch (ConditionalCheckFailedException _) {
            // Another guard was quicker.
            return Optional.empty();
        }
    }

    private Map<String, AttributeValue> values(Terms before, Terms after) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":after", AttributeValue.fromS(after.holder()),
                ":next", number(after.term()),
                ":replaced", number(after.replaced()),
                ":until", number(time.instant().plus(lasts).toEpochMilli())));
        if (before.term() > 0) {
            values.put(":me", AttributeValue.fromS(before.holder()));
            values.put(":term", number(before.term()));
        }
        return values;
    }

    private Terms read() {
        Map<String, AttributeValue> row = row(dynamoDb, table);
        AttributeValue holder = row.get("Holder");
        return holder == null
                ? new Terms("", 0, 0)
                : new Terms(holder.s(), numberOf(row.get("Term")), (int) numberOf(row.get("Replaced")));
    }

    private static Map<String, AttributeValue> row(DynamoDbClient dynamoDb, String table) {
        return dynamoDb.getItem(request -> request.tableName(table)
                        .key(Map.of(HeartbeatRows.KEY, AttributeValue.fromS(ROW)))
                        .consistentRead(true))
                .item();
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static long numberOf(@Nullable AttributeValue value) {
        return value == null ? 0 : Long.parseLong(value.n());
    }
}
