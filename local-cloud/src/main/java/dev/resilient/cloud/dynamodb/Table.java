package dev.resilient.cloud.dynamodb;

import dev.resilient.time.TimeSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/**
 * A table. A passing state ends by itself when its time has come: what holds now is worked out whenever somebody asks, so that no
 * thread has to wait for it.
 *
 * @param description all that the API shows of it, but for what is in it; its status is the one that passes or has passed
 * @param tags by key
 * @param settledNanos when what is CREATING becomes ACTIVE, or what is DELETING is gone, on the clock of
 *     {@link TimeSource#nanoTime}
 * @param timeToLive whether items end by themselves
 * @param items what is in it; the one part that changes without a new record
 */
record Table(TableDescription description, List<Tag> tags, long settledNanos, TimeToLive timeToLive, ItemStore items) {

    /** Keeps its own copy of the tags. */
    Table {
        tags = List.copyOf(tags);
    }

    /**
     * What outlives the process: all but the items, which are kept one by one, and how long a passing state still lasts.
     *
     * @param expiring the attribute by which items end
     */
    record Stored(TableDescription description, List<Tag> tags, Optional<String> expiring) {
        Table restored(ItemStore items, TimeSource time) {
            Optional<Expiry> expiry = expiring.map(Expiry::new);
            expiry.ifPresent(items::add);
            return new Table(description, tags, time.nanoTime(), new TimeToLive(expiry, time.nanoTime()), items);
        }
    }

    Stored stored() {
        return new Stored(description, tags, timeToLive.expiry().map(Expiry::attribute));
    }

    String name() {
        return description.tableName();
    }

    KeySchema schema() {
        return items.schema();
    }

    TableStatus status(long nowNanos) {
        return isDeleted() || nowNanos - settledNanos < 0 ? description.tableStatus() : TableStatus.ACTIVE;
    }

    /** Whether it is gone. */
    boolean isOver(long nowNanos) {
        return isDeleted() && nowNanos - settledNanos >= 0;
    }

    private boolean isDeleted() {
        return description.tableStatus() == TableStatus.DELETING;
    }

    /** As responses show it; the number of items and their size are those of this moment. */
    TableDescription shown(long nowNanos) {
        return description.toBuilder()
                .tableStatus(status(nowNanos))
                .itemCount(items.count())
                .tableSizeBytes(items.bytes())
                .build();
    }

    /** In a state that passes. */
    Table passing(TableStatus status, long endNanos) {
        return new Table(description.toBuilder().tableStatus(status).build(), tags, endNanos, timeToLive, items);
    }

    Table with(List<Tag> newTags) {
        return new Table(description, newTags, settledNanos, timeToLive, items);
    }

    Table with(TimeToLive newTimeToLive) {
        return new Table(description, tags, settledNanos, newTimeToLive, items);
    }
}
