package dev.resilient.cloud.dynamodb;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * A table.
 *
 * @param id a UUID that a table of the same name does not inherit
 * @param settings what it was asked to be
 * @param timeToLive whether items end by themselves
 * @param items what is in it; the one part that changes without a new record
 */
record TableRecord(
        String arn,
        String id,
        Instant created,
        TableSettings settings,
        TimeToLive timeToLive,
        TableLife life,
        ItemStore items) {

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

    TableRecord withLife(TableLife newLife) {
        return new TableRecord(arn, id, created, settings, timeToLive, newLife, items);
    }

    TableRecord withSettings(TableSettings newSettings) {
        return new TableRecord(arn, id, created, newSettings, timeToLive, life, items);
    }

    TableRecord withTimeToLive(TimeToLive newTimeToLive) {
        return new TableRecord(arn, id, created, settings, newTimeToLive, life, items);
    }

    /** How responses show the table; the number of items and their size are those of this moment. */
    TableDescription describe(TableStatus status) {
        TableDescription.Builder description = TableDescription.builder()
                .tableName(name())
                .tableArn(arn)
                .tableId(id)
                .tableStatus(status)
                .creationDateTime(created)
                .keySchema(KeySchemas.elements(schema()))
                .attributeDefinitions(KeySchemas.definitions(schema()))
                .provisionedThroughput(billing().throughput())
                .itemCount(items.count())
                .tableSizeBytes(items.bytes())
                .deletionProtectionEnabled(deletionProtected());
        billing().summary().ifPresent(description::billingModeSummary);
        return description.build();
    }
}
