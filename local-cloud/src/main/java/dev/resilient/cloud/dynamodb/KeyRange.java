package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.ItemKey.Edge;
import dev.resilient.cloud.dynamodb.value.Item;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A part of a table: everything between two bounds.
 *
 * @param from empty for the beginning of the table
 * @param to empty for its end
 */
record KeyRange(Optional<ItemKey> from, Optional<ItemKey> to) {

    /** All of a table. */
    static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

    /** Every item with this hash value. */
    static KeyRange ofHash(AttributeValue hash) {
        return new KeyRange(
                Optional.of(ItemKey.beside(Edge.BEFORE, hash)), Optional.of(ItemKey.beside(Edge.BEHIND, hash)));
    }

    KeyRange from(ItemKey bound) {
        return new KeyRange(Optional.of(bound), to);
    }

    KeyRange to(ItemKey bound) {
        return new KeyRange(from, Optional.of(bound));
    }

    /** What comes after the item with this key in the direction of reading. */
    KeyRange after(ItemKey key, boolean forward) {
        return forward ? from(key.at(Edge.BEHIND)) : to(key.at(Edge.BEFORE));
    }

    boolean contains(ItemKey key) {
        return from.map(bound -> bound.compareTo(key) < 0).orElse(true)
                && to.map(bound -> bound.compareTo(key) > 0).orElse(true);
    }

    /** This part of all items; a view. */
    NavigableMap<ItemKey, Item> of(NavigableMap<ItemKey, Item> items) {
        if (from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) >= 0) {
            return Collections.emptyNavigableMap();
        }
        NavigableMap<ItemKey, Item> tail =
                from.map(bound -> items.tailMap(bound, false)).orElse(items);
        return to.map(bound -> tail.headMap(bound, false)).orElse(tail);
    }
}
