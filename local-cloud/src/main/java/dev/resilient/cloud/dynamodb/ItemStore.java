package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Value;
import dev.resilient.cloud.store.Shelf;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The items of one table, in the order of {@link ItemKey}. Thread-safe and free of locks: each change of an item is atomic, and
 * whoever reads several items sees each of them whole but not all at one instant, as on AWS.
 */
final class ItemStore {
    private final ConcurrentSkipListMap<ItemKey, Item> items = new ConcurrentSkipListMap<>();
    private final LongAdder count = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Shelf shelf;

    /** With the items on the shelf, whose keys {@code schema} knows. */
    @SuppressWarnings("unchecked") // Attributes are what is put there.
    ItemStore(Shelf shelf, KeySchema schema) {
        this.shelf = shelf;
        shelf.load((_, attributes) -> restore(new Item((Map<String, Value>) attributes), schema));
    }

    private void restore(Item item, KeySchema schema) {
        items.put(schema.keyOfItem(item.attributes()), item);
        count.increment();
        bytes.add(item.size());
    }

    /** What a change did. */
    record Change(Optional<Item> before, Optional<Item> after) {}

    Optional<Item> find(ItemKey key) {
        return Optional.ofNullable(items.get(key));
    }

    /**
     * Replaces an item by what {@code change} makes of it, where empty stands for no item. The function is called again when
     * another change came in between, so it must have no effects of its own; what it throws leaves everything as it was.
     */
    Change change(ItemKey key, Function<Optional<Item>, Optional<Item>> change) {
        while (true) {
            Optional<Item> before = find(key);
            Optional<Item> after = change.apply(before);
            if (replace(key, before, after)) {
                count.add(after.map(_ -> 1).orElse(0) - before.map(_ -> 1).orElse(0));
                bytes.add(
                        after.map(Item::size).orElse(0) - before.map(Item::size).orElse(0));
                keep(key);
                return new Change(before, after);
            }
        }
    }

    /** The items between two bounds, in descending order if not forward; a view that others may change meanwhile. */
    Iterable<Map.Entry<ItemKey, Item>> between(KeyRange range, boolean forward) {
        NavigableMap<ItemKey, Item> part = range.of(items);
        return (forward ? part : part.descendingMap()).entrySet();
    }

    /** How many items there are. */
    long count() {
        return count.sum();
    }

    /** What all items weigh. */
    long bytes() {
        return bytes.sum();
    }

    private void keep(ItemKey key) {
        shelf.keep(key.text(), () -> {
            Item item = items.get(key);
            return item == null ? null : item.attributes();
        });
    }

    private boolean replace(ItemKey key, Optional<Item> before, Optional<Item> after) {
        if (before.isEmpty()) {
            return after.isEmpty() || items.putIfAbsent(key, after.get()) == null;
        }
        return after.isEmpty() ? items.remove(key, before.get()) : items.replace(key, before.get(), after.get());
    }
}
