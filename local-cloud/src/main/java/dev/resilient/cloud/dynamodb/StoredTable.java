package dev.resilient.cloud.dynamodb;

import dev.resilient.time.TimeSource;
import java.time.Instant;
import java.util.Optional;

/**
 * What outlives the process of a table: all but its items, which are kept one by one, and how long a passing state still lasts.
 *
 * @param expiring the attribute by which items end
 * @param deleting whether it was on its way out
 */
record StoredTable(
        String arn, String id, Instant created, TableSettings settings, Optional<String> expiring, boolean deleting) {

    static StoredTable of(TableRecord table) {
        return new StoredTable(
                table.arn(),
                table.id(),
                table.created(),
                table.settings(),
                table.timeToLive().expiry().map(Expiry::attribute),
                table.life().isDeleting());
    }

    TableRecord restored(ItemStore items, TimeSource time) {
        long now = time.nanoTime();
        TableLife life = TableLife.settled(deleting, now);
        Optional<Expiry> expiry = expiring.map(Expiry::new);
        expiry.ifPresent(items::add);
        return new TableRecord(arn, id, created, settings, new TimeToLive(expiry, now), life, items);
    }
}
