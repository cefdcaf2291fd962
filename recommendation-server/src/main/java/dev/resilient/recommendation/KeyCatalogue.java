package dev.resilient.recommendation;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * The keys of a table's items, known for a short while, so that an item can be chosen at random and read by its key.
 *
 * <p>What it costs: one {@code DescribeTable}, which is free, and one page of {@code Scan}, of {@value #PAGE_SIZE} items or
 * 1 MB, each time the keys are loaded; never more, however large the table is. The next load goes on where the last one
 * ended. So a table of one page is known completely, and of a larger one every item gets its turn.
 *
 * <p>Thread-safe. Concurrent callers share one load.
 */
final class KeyCatalogue {
    static final int PAGE_SIZE = 1000;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Executor afterLife;
    private final AtomicReference<@Nullable FutureTask<Page>> loading = new AtomicReference<>();
    private final AtomicReference<@Nullable Page> fresh = new AtomicReference<>();

    /** Where the next page begins; empty for the beginning of the table. Used by the one load that is under way. */
    private volatile Map<String, AttributeValue> position = Map.of();

    /** @param afterLife runs a task when keys that are loaded now will have outlived their time */
    KeyCatalogue(DynamoDbClient dynamoDb, String table, Executor afterLife) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.afterLife = afterLife;
    }

    /** The keys loaded last; loads them if there are none or they have outlived their time. */
    List<Map<String, AttributeValue>> keys() throws InterruptedException {
        Page known = fresh.get();
        return known != null ? known.keys : load().keys;
    }

    /** The keys as they are now. */
    List<Map<String, AttributeValue>> reload() throws InterruptedException {
        return load().keys;
    }

    private Page load() throws InterruptedException {
        FutureTask<Page> mine = new FutureTask<>(this::nextPage);
        FutureTask<Page> running = loading.compareAndExchange(null, mine);
        if (running != null) {
            return result(running);
        }
        try {
            mine.run();
        } finally {
            loading.set(null);
        }
        return result(mine);
    }

    private static Page result(FutureTask<Page> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new Unavailable("keys cannot be loaded", failure);
        }
    }

    private Page nextPage() {
        List<String> attributes = keyAttributes();
        ScanResponse scanned = scan(attributes, position);
        if (scanned.items().isEmpty() && !position.isEmpty()) {
            scanned = scan(attributes, Map.of());
        }
        position = scanned.lastEvaluatedKey();
        Page page = new Page(scanned.items());
        fresh.set(page);
        afterLife.execute(() -> fresh.compareAndSet(page, null));
        return page;
    }

    private List<String> keyAttributes() {
        return dynamoDb.describeTable(request -> request.tableName(table)).table().keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .toList();
    }

    private ScanResponse scan(List<String> attributes, Map<String, AttributeValue> start) {
        Map<String, String> names =
                IntStream.range(0, attributes.size()).boxed().collect(toMap(i -> "#k" + i, attributes::get));
        return dynamoDb.scan(request -> request.tableName(table)
                .limit(PAGE_SIZE)
                .projectionExpression(names.keySet().stream().sorted().collect(joining(", ")))
                .expressionAttributeNames(names)
                .exclusiveStartKey(start.isEmpty() ? null : start));
    }

    private record Page(List<Map<String, AttributeValue>> keys) {}
}
