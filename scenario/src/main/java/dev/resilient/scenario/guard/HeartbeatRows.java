package dev.resilient.scenario.guard;

import dev.resilient.scenario.base.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The rows that instances write. Thread-safe. */
public final class HeartbeatRows {
    /** Whose row it is. */
    static final String KEY = "InstanceId";

    private final DynamoDbClient dynamoDb;
    private final String table;

    /** The rows of the environment's deployment. */
    public HeartbeatRows(Environment environment) {
        this.dynamoDb = environment.aws().dynamoDb();
        this.table = environment.names().heartbeats();
    }

    /** The same of these instances alone; none when there is no table, or not any more. */
    public List<Heartbeat> of(Collection<String> instanceIds) {
        try {
            return read().stream()
                    .filter(heartbeat -> instanceIds.contains(heartbeat.instanceId()))
                    .sorted(Comparator.comparing(Heartbeat::instanceId))
                    .toList();
        } catch (ResourceNotFoundException _) {
            return List.of();
        }
    }

    /** All heartbeats, as they are now; whatever is no heartbeat is left out. */
    List<Heartbeat> read() {
        return dynamoDb.scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .flatMap(HeartbeatRows::heartbeat)
                .toList();
    }

    private static Stream<Heartbeat> heartbeat(Map<String, AttributeValue> row) {
        AttributeValue working = row.get("Working");
        Optional<Long> beat = number(row, "Beat");
        if (beat.isEmpty() || working == null || working.bool() == null) {
            return Stream.empty();
        }
        return Stream.of(new Heartbeat(
                text(row, KEY).orElse(""), text(row, "Zone").orElse(""), beat.get(), working.bool(), own(row)));
    }

    /** Whatever cannot be read is not known: it is for people alone. */
    private static OwnView own(Map<String, AttributeValue> row) {
        return new OwnView(
                text(row, "Version").orElse(""),
                text(row, "WrittenAt").flatMap(HeartbeatRows::instant),
                text(row, "Circuit"),
                number(row, "LastGoodMillisAgo").map(Duration::ofMillis),
                number(row, "ParametersReadMillisAgo").map(Duration::ofMillis));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(Map<String, AttributeValue> row, String name) {
        return text(row, name).filter(number -> number.matches("\\d{1,18}")).map(Long::valueOf);
    }

    private static Optional<String> text(Map<String, AttributeValue> row, String name) {
        return Optional.ofNullable(row.get(name))
                .flatMap(value -> Optional.ofNullable(value.s()).or(() -> Optional.ofNullable(value.n())));
    }
}
