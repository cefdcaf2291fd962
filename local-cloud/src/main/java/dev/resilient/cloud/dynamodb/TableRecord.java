package dev.resilient.cloud.dynamodb;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * A table.
 *
 * @param id a UUID that a table of the same name does not inherit
 * @param settings what it was asked to be
 * @param timeToLive whether items end by themselves
 * @param indexes its secondary indexes, which follow its items
 * @param items what is in it; beside the indexes, the one part that changes without a new record
 */
record TableRecord(
        String arn,
        String id,
        Instant created,
        TableSettings settings,
        TimeToLive timeToLive,
        List<SecondaryIndex> indexes,
        TableLife life,
        ItemStore items) {

    TableRecord {
        indexes = List.copyOf(indexes);
    }

    String name() {
        return settings.name();
    }

    KeySchema schema() {
        return settings.schema();
    }

    Billing billing() {
        return settings.billing();
    }

    boolean deletionProtected() {
        return settings.deletionProtected();
    }

    Map<String, String> tags() {
        return settings.tags();
    }

    Optional<SecondaryIndex> index(String indexName) {
        return indexes.stream()
                .filter(index -> index.definition().name().equals(indexName))
                .findFirst();
    }

    TableRecord withLife(TableLife newLife) {
        return new TableRecord(arn, id, created, settings, timeToLive, indexes, newLife, items);
    }

    TableRecord withSettings(TableSettings newSettings) {
        return new TableRecord(arn, id, created, newSettings, timeToLive, indexes, life, items);
    }

    TableRecord withTimeToLive(TimeToLive newTimeToLive) {
        return new TableRecord(arn, id, created, settings, newTimeToLive, indexes, life, items);
    }

    TableRecord withIndexes(List<SecondaryIndex> newIndexes) {
        return new TableRecord(arn, id, created, settings, timeToLive, newIndexes, life, items);
    }

    /** How responses show the table; the number of items and their size are those of this moment. */
    TableDescription describe(TableStatus status, long nowNanos) {
        TableDescription.Builder description = TableDescription.builder()
                .tableName(name())
                .tableArn(arn)
                .tableId(id)
                .tableStatus(status)
                .creationDateTime(created)
                .keySchema(KeySchemas.elements(schema()))
                .attributeDefinitions(KeySchemas.definitions(this))
                .provisionedThroughput(billing().throughput())
                .itemCount(items.count())
                .tableSizeBytes(items.bytes())
                .deletionProtectionEnabled(deletionProtected());
        billing().summary().ifPresent(description::billingModeSummary);
        IndexViews.show(this, nowNanos, description);
        return description.build();
    }
}
