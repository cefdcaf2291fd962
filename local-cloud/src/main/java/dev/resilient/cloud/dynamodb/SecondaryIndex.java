package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.Item;
import dev.resilient.cloud.dynamodb.value.Validation;
import dev.resilient.cloud.dynamodb.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The items of a table that have the attributes of an index, in the index's order, each as the index projects it. Thread-safe. */
final class SecondaryIndex implements ItemView {
    private final IndexDefinition definition;
    private final KeySchema table;
    private final TableLife life;
    private final ConcurrentSkipListMap<ItemKey, Item> entries = new ConcurrentSkipListMap<>();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder count = new LongAdder();

    /**
     * An index without items.
     *
     * @param table the key of its table
     */
    SecondaryIndex(IndexDefinition definition, KeySchema table, TableLife life) {
        this.definition = definition;
        this.table = table;
        this.life = life;
    }

    IndexDefinition definition() {
        return definition;
    }

    TableLife life() {
        return life;
    }

    long count() {
        return count.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    @Override
    public void check(Item item) {
        for (KeyAttribute attribute : definition.schema().attributes()) {
            Value value = item.attributes().get(attribute.name());
            if (value != null && value.type() != attribute.type()) {
                throw Validation.invalidParameter("Type mismatch for Index Key " + attribute.name() + " Expected: "
                        + attribute.type() + " Actual: " + value.type() + " IndexName: " + definition.name());
            }
            if (value != null) {
                attribute.checked(value);
            }
        }
    }

    @Override
    public void follow(ItemKey key, ItemStore.Change change) {
        Optional<ItemKey> before = change.before().flatMap(item -> place(item, key));
        Optional<ItemKey> after = change.after().flatMap(item -> place(item, key));
        before.filter(place -> !after.equals(before)).ifPresent(place -> counted(entries.remove(place), -1));
        after.ifPresent(place -> {
            Item entry = projected(change.after().orElseThrow());
            counted(entries.put(place, entry), -1);
            counted(entry, 1);
        });
    }

    private void counted(@Nullable Item entry, int times) {
        if (entry != null) {
            count.add(times);
            bytes.add((long) times * entry.size());
        }
    }

    /** Empty for an item that the index does not have: one of the attributes is missing, or was of another type before it was one. */
    private Optional<ItemKey> place(Item item, ItemKey primary) {
        boolean indexed = definition.schema().attributes().stream().allMatch(attribute -> {
            Value value = item.attributes().get(attribute.name());
            return value != null && value.type() == attribute.type();
        });
        return indexed
                ? Optional.of(definition.schema().keyOfItem(item.attributes()).of(primary))
                : Optional.empty();
    }

    private Item projected(Item item) {
        if (definition.hasEverything()) {
            return item;
        }
        Map<String, Value> attributes = new LinkedHashMap<>(item.attributes());
        attributes.keySet().removeIf(name -> !definition.has(name, table));
        return new Item(attributes);
    }

    /** The items between two bounds, in descending order if not forward; a view that others may change meanwhile. */
    Iterable<Map.Entry<ItemKey, Item>> between(KeyRange range, boolean forward) {
        NavigableMap<ItemKey, Item> part = range.of(entries);
        return (forward ? part : part.descendingMap()).entrySet();
    }
}
