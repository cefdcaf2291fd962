package dev.resilient.cloud.dynamodb;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/**
 * A table, without what is in it. A passing state ends by itself when its time has come: what holds now is worked out whenever
 * somebody asks, so that no thread has to wait for it.
 *
 * @param description all that the API shows of it, but for what is in it; its status is the one that passes or has passed
 * @param tags by key
 * @param settled when what is CREATING becomes ACTIVE, or what is DELETING is gone
 * @param timeToLive whether items end by themselves
 */
record Table(TableDescription description, List<Tag> tags, Instant settled, TimeToLive timeToLive) {

    /** Keeps its own copy of the tags. */
    Table {
        tags = List.copyOf(tags);
    }

    String name() {
        return description.tableName();
    }

    TableStatus status(Instant now) {
        return isDeleted() || now.isBefore(settled) ? description.tableStatus() : TableStatus.ACTIVE;
    }

    /** Whether it is gone. */
    boolean isOver(Instant now) {
        return isDeleted() && !now.isBefore(settled);
    }

    private boolean isDeleted() {
        return description.tableStatus() == TableStatus.DELETING;
    }

    /** In a state that passes. */
    Table passing(TableStatus status, Instant end) {
        return new Table(description.toBuilder().tableStatus(status).build(), tags, end, timeToLive);
    }

    Table with(List<Tag> newTags) {
        return new Table(description, newTags, settled, timeToLive);
    }

    Table with(TimeToLive newTimeToLive) {
        return new Table(description, tags, settled, newTimeToLive);
    }
}
