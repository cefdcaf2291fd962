package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.ItemKey.Edge;
import dev.resilient.expression.value.Item;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A part of a table: everything between two bounds. */
record KeyRange(ItemKey from, ItemKey to) {

    /** All of a table. */
    static final KeyRange ALL = new KeyRange(ItemKey.beforeToken(0), new ItemKey(-1, List.of(), Edge.BEHIND));

    /** Every item with this hash value. */
    static KeyRange ofHash(AttributeValue hash) {
        return new KeyRange(ItemKey.beside(Edge.BEFORE, hash), ItemKey.beside(Edge.BEHIND, hash));
    }

    KeyRange from(ItemKey bound) {
        return new KeyRange(bound, to);
    }

    KeyRange to(ItemKey bound) {
        return new KeyRange(from, bound);
    }

    /** What comes after the item with this key in the direction of reading. */
    KeyRange after(ItemKey key, boolean forward) {
        return forward ? from(key.at(Edge.BEHIND)) : to(key.at(Edge.BEFORE));
    }

    boolean contains(ItemKey key) {
        return from.compareTo(key) < 0 && key.compareTo(to) < 0;
    }

    /** This part of all items; a view. */
    NavigableMap<ItemKey, Item> of(NavigableMap<ItemKey, Item> items) {
        return from.compareTo(to) < 0 ? items.subMap(from, false, to, false) : Collections.emptyNavigableMap();
    }
}
