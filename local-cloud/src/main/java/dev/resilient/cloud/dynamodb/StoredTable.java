package dev.resilient.cloud.dynamodb;

import dev.resilient.time.TimeSource;
import java.time.Instant;
import java.util.Map;

/**
 * What outlives the process of a table: all but its items, which are kept one by one, and how long a passing state still lasts.
 *
 * @param deleting whether it was on its way out
 */
record StoredTable(
        String name,
        String arn,
        String id,
        Instant created,
        KeySchema schema,
        Billing billing,
        boolean deletionProtected,
        Map<String, String> tags,
        boolean deleting) {

    static StoredTable of(TableRecord table) {
        return new StoredTable(
                table.name(),
                table.arn(),
                table.id(),
                table.created(),
                table.schema(),
                table.billing(),
                table.deletionProtected(),
                table.tags(),
                table.life().isDeleting());
    }

    TableRecord restored(ItemStore items, TimeSource time) {
        TableLife life = TableLife.settled(deleting, time.nanoTime());
        return new TableRecord(name, arn, id, created, schema, billing, deletionProtected, tags, life, items);
    }
}
