package dev.resilient.cloud.dynamodb;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * A table.
 *
 * @param id a UUID that a table of the same name does not inherit
 * @param deletionProtected whether DeleteTable is refused
 * @param items what is in it; the one part that changes without a new record
 */
record TableRecord(
        String name,
        String arn,
        String id,
        Instant created,
        KeySchema schema,
        Billing billing,
        boolean deletionProtected,
        Map<String, String> tags,
        TableLife life,
        ItemStore items) {

    /** Keeps its own copy of the tags. */
    TableRecord {
        tags = Map.copyOf(tags);
    }

    TableRecord withLife(TableLife newLife) {
        return new TableRecord(name, arn, id, created, schema, billing, deletionProtected, tags, newLife, items);
    }

    TableRecord withTags(Map<String, String> newTags) {
        return new TableRecord(name, arn, id, created, schema, billing, deletionProtected, newTags, life, items);
    }

    TableRecord withSettings(Billing newBilling, boolean newDeletionProtected) {
        return new TableRecord(name, arn, id, created, schema, newBilling, newDeletionProtected, tags, life, items);
    }

    /** How responses show the table; the number of items and their size are those of this moment. */
    TableDescription describe(TableStatus status) {
        TableDescription.Builder description = TableDescription.builder()
                .tableName(name)
                .tableArn(arn)
                .tableId(id)
                .tableStatus(status)
                .creationDateTime(created)
                .keySchema(KeySchemas.elements(schema))
                .attributeDefinitions(KeySchemas.definitions(schema))
                .provisionedThroughput(billing.throughput())
                .itemCount(items.count())
                .tableSizeBytes(items.bytes())
                .deletionProtectionEnabled(deletionProtected);
        billing.summary().ifPresent(description::billingModeSummary);
        return description.build();
    }
}
