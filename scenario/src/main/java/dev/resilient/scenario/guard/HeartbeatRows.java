package dev.resilient.scenario.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The rows that instances write. Thread-safe. */
final class HeartbeatRows {
    /** Whose row it is. */
    static final String KEY = "InstanceId";

    private final DynamoDbClient dynamoDb;
    private final String table;

    HeartbeatRows(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** All heartbeats, as they are now; whatever is no heartbeat is left out. */
    List<Heartbeat> read() {
        return dynamoDb.scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .flatMap(HeartbeatRows::heartbeat)
                .toList();
    }

    private static Stream<Heartbeat> heartbeat(Map<String, AttributeValue> row) {
        AttributeValue working = row.get("Working");
        Optional<Long> beat =
                text(row, "Beat").filter(number -> number.matches("\\d{1,18}")).map(Long::valueOf);
        if (beat.isEmpty() || working == null || working.bool() == null) {
            return Stream.empty();
        }
        return Stream.of(new Heartbeat(
                text(row, KEY).orElse(""),
                text(row, "Zone").orElse(""),
                beat.get(),
                working.bool(),
                text(row, "Version").orElse("")));
    }

    private static Optional<String> text(Map<String, AttributeValue> row, String name) {
        return Optional.ofNullable(row.get(name))
                .flatMap(value -> Optional.ofNullable(value.s()).or(() -> Optional.ofNullable(value.n())));
    }
}
