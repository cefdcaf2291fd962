package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.store.Shelf;
import dev.resilient.expression.value.Item;
import dev.resilient.wire.shape.JsonForm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

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
    private final LongAdder bytes = new LongAdder();
    private final String table;
    private final KeySchema schema;
    private final Shelf shelf;
    private volatile Optional<Expiry> expiry = Optional.empty();

    /** The items on the shelf, which are those of this table. */
    ItemStore(Table table, Shelf shelf) {
        this.table = table.name();
        this.schema = KeySchema.of(
                table.description().keySchema(), table.description().attributeDefinitions());
        this.shelf = shelf;
        shelf.load((_, json) -> restore(Item.of(attributes(json))));
        expire(table.timeToLive().attribute());
    }

    /** An item is kept as GetItem shows it: of all forms the one that costs a write least. */
    private static byte[] json(Item item) {
        return JsonForm.write(GetItemResponse.builder().item(item.attributes()).build());
    }

    private static Map<String, AttributeValue> attributes(byte[] json) {
        return ((GetItemResponse) JsonForm.read(json, GetItemResponse.builder())).item();
    }

    private void restore(Item item) {
        items.put(schema.keyOfItem(item.attributes()), item);
        bytes.add(item.size());
    }

    /** The name of the table. */
    String table() {
        return table;
    }

    /** The key of its items. */
    KeySchema schema() {
        return schema;
    }

    /** What a change did. */
    record Change(Optional<Item> before, Optional<Item> after) {
        int sizeBefore() {
            return before.map(Item::size).orElse(0);
        }

        int sizeAfter() {
            return after.map(Item::size).orElse(0);
        }
    }

    Optional<Item> find(ItemKey key) {
        return Optional.ofNullable(items.get(key));
    }

    /**
     * Replaces an item by what {@code change} makes of it, where empty stands for no item. What the function throws leaves everything
     * as it was.
     */
    Change change(ItemKey key, Function<Optional<Item>, Optional<Item>> change) {
        return alone(key, () -> {
            Optional<Item> before = find(key);
            Change made = new Change(before, change.apply(before));
            made.after().ifPresentOrElse(item -> items.put(key, item), () -> items.remove(key));
            bytes.add(made.sizeAfter() - made.sizeBefore());
            expiry.ifPresent(view -> view.follow(key, made));
            shelf.keep(key.text(), () -> find(key).map(ItemStore::json).orElse(null));
            return made;
        });
    }

    private Change alone(ItemKey key, Supplier<Change> action) {
        ReentrantLock stripe = stripes.get(Math.floorMod(key.hashCode(), STRIPES));
        stripe.lock();
        try {
            return action.get();
        } finally {
            stripe.unlock();
        }
    }

    /** Lets items end by what this attribute says, those that are there already included; or lets them stay if there is none. */
    void expire(Optional<String> attribute) {
        expiry = attribute.map(Expiry::new);
        expiry.ifPresent(view -> items.keySet()
                .forEach(key -> alone(key, () -> view.follow(key, new Change(Optional.empty(), find(key))))));
    }

    /** Deletes the items whose time has come; costs nothing where there are none. */
    void sweep(Instant now) {
        expiry.ifPresent(view -> view.sweep(this, now));
    }

    /** The items between two bounds, in descending order if not forward; a view that others may change meanwhile. */
    Iterable<Map.Entry<ItemKey, Item>> between(KeyRange range, boolean forward) {
        NavigableMap<ItemKey, Item> part = range.of(items);
        return (forward ? part : part.descendingMap()).entrySet();
    }

    /** How many items there are. */
    long count() {
        return items.size();
    }

    /** What all items weigh. */
    long bytes() {
        return bytes.sum();
    }
}
