package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.store.Shelf;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of one table, in the order of {@link ItemKey}, with the views of them that follow every change. Thread-safe: each change
 * of an item is atomic, those of one item come one after the other, and readers never wait: whoever reads several items sees each of
 * them whole but not all at one instant, as on AWS.
 */
final class ItemStore {
    private static final int STRIPES = 64;
    private final ConcurrentSkipListMap<ItemKey, Item> items = new ConcurrentSkipListMap<>();
    private final List<ReentrantLock> stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
    private final List<Expiry> views = new CopyOnWriteArrayList<>();
    private final LongAdder count = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Shelf shelf;
    private final KeySchema schema;

    /** With the items on the shelf, whose keys {@code schema} knows. */
    @SuppressWarnings("unchecked") // Attributes are what is put there.
    ItemStore(Shelf shelf, KeySchema schema) {
        this.shelf = shelf;
        this.schema = schema;
        shelf.load((_, attributes) -> restore(new Item((Map<String, AttributeValue>) attributes)));
    }

    private void restore(Item item) {
        items.put(schema.keyOfItem(item.attributes()), item);
        count.increment();
        bytes.add(item.size());
    }

    /** The key of its items. */
    KeySchema schema() {
        return schema;
    }

    /** What a change did. */
    record Change(Optional<Item> before, Optional<Item> after) {}

    Optional<Item> find(ItemKey key) {
        return Optional.ofNullable(items.get(key));
    }

    /**
     * Replaces an item by what {@code change} makes of it, where empty stands for no item. What the function throws leaves everything
     * as it was.
     */
    Change change(ItemKey key, Function<Optional<Item>, Optional<Item>> change) {
        ReentrantLock alone = stripe(key);
        alone.lock();
        try {
            Optional<Item> before = find(key);
            Change made = new Change(before, change.apply(before));
            made.after().ifPresentOrElse(item -> items.put(key, item), () -> items.remove(key));
            count.add(made.after().map(_ -> 1).orElse(0)
                    - made.before().map(_ -> 1).orElse(0));
            bytes.add(made.after().map(Item::size).orElse(0)
                    - made.before().map(Item::size).orElse(0));
            views.forEach(view -> view.follow(key, made));
            keep(key);
            return made;
        } finally {
            alone.unlock();
        }
    }

    private ReentrantLock stripe(ItemKey key) {
        return stripes.get(Math.floorMod(key.hashCode(), STRIPES));
    }

    /** Lets a view follow every change from now on, after showing it all that is there. */
    void add(Expiry view) {
        views.add(view);
        for (ItemKey key : items.keySet()) {
            ReentrantLock alone = stripe(key);
            alone.lock();
            try {
                view.follow(key, new Change(Optional.empty(), find(key)));
            } finally {
                alone.unlock();
            }
        }
    }

    void remove(Expiry view) {
        views.remove(view);
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
}
