package dev.resilient.cloud.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** What requests cost in capacity units, by AWS's rules; the local cloud charges nothing. */
final class Capacity {
    private static final int READ_BYTES = 4096;
    private static final int WRITE_BYTES = 1024;

    private Capacity() {}

    /** One unit for each 4 KB read, half of that for reads that need not be consistent. */
    static double ofRead(int bytes, boolean consistent) {
        return units(bytes, READ_BYTES) * (consistent ? 1 : 0.5);
    }

    /** One unit for each KB of the item before or after the change, whichever is larger. */
    static double ofWrite(ItemStore.Change change) {
        return units(Math.max(change.sizeBefore(), change.sizeAfter()), WRITE_BYTES);
    }

    /** As responses show it; null unless the request asks for it. */
    static @Nullable ConsumedCapacity shown(@Nullable ReturnConsumedCapacity asked, String table, double units) {
        if (asked == null || asked == ReturnConsumedCapacity.NONE) {
            return null;
        }
        ConsumedCapacity.Builder shown =
                ConsumedCapacity.builder().tableName(table).capacityUnits(units);
        if (asked == ReturnConsumedCapacity.INDEXES) {
            shown.table(capacity -> capacity.capacityUnits(units));
        }
        return shown.build();
    }

    /** As responses to batches show it, by table. */
    static List<ConsumedCapacity> shown(@Nullable ReturnConsumedCapacity asked, Map<String, Double> units) {
        return units.entrySet().stream()
                .map(used -> shown(asked, used.getKey(), used.getValue()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static double units(int bytes, int unit) {
        return Math.max(1, Math.ceilDiv(bytes, unit));
    }
}
