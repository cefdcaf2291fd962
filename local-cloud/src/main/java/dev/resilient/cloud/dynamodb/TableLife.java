package dev.resilient.cloud.dynamodb;

import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Where a table is in its life. A passing state ends by itself when its time has come: what holds now is worked out whenever
 * somebody asks, so that no thread has to wait for it.
 *
 * @param status CREATING, UPDATING or DELETING until the end, and ACTIVE or gone from then on
 * @param endNanos when the passing state ends, on the clock of {@link dev.resilient.time.TimeSource#nanoTime}
 */
record TableLife(TableStatus status, long endNanos) {

    static TableLife passing(TableStatus status, long nowNanos, Duration length) {
        return new TableLife(status, nowNanos + length.toNanos());
    }

    /** The life of a table that outlived its process: its passing state is over. */
    static TableLife settled(boolean deleting, long nowNanos) {
        return new TableLife(deleting ? TableStatus.DELETING : TableStatus.ACTIVE, nowNanos);
    }

    boolean isPassing(long nowNanos) {
        return nowNanos - endNanos < 0;
    }

    boolean isDeleting() {
        return status == TableStatus.DELETING;
    }

    TableStatus at(long nowNanos) {
        return status == TableStatus.DELETING || nowNanos - endNanos < 0 ? status : TableStatus.ACTIVE;
    }

    boolean isOver(long nowNanos) {
        return status == TableStatus.DELETING && nowNanos - endNanos >= 0;
    }
}
