package dev.resilient.cloud.dynamodb;

import dev.resilient.expression.Evaluator;
import dev.resilient.expression.Expression;
import dev.resilient.expression.value.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one call of Query or Scan reads: at most as many items as the limit says and at most 1 MB, both before the filter.
 *
 * @param items what the filter let through
 * @param scanned how many items were read
 * @param bytes what they weigh
 * @param last the item at which reading stopped before the end; empty when the end was reached
 */
record ReadPart(List<Item> items, int scanned, int bytes, Optional<Item> last) {
    private static final int MAX_BYTES = 1024 * 1024;

    static ReadPart read(Iterable<Map.Entry<ItemKey, Item>> entries, int limit, Optional<Expression> filter) {
        List<Item> items = new ArrayList<>();
        int scanned = 0;
        int bytes = 0;
        Optional<Item> last = Optional.empty();
        for (Map.Entry<ItemKey, Item> entry : entries) {
            Item item = entry.getValue();
            if (scanned == limit || (scanned > 0 && bytes + item.size() > MAX_BYTES)) {
                return new ReadPart(items, scanned, bytes, last);
            }
            scanned++;
            bytes += item.size();
            last = Optional.of(item);
            if (filter.isEmpty() || new Evaluator(item.attributes()).holds(filter.get())) {
                items.add(item);
            }
        }
        // AWS does not look beyond the limit, so it does not know that there is nothing.
        return new ReadPart(items, scanned, bytes, scanned == limit ? last : Optional.empty());
    }
}
