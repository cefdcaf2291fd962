package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.Item;

/** Something that is kept of the items of a table beside them, and follows their changes. Thread-safe. */
interface ItemView {

    /** Refuses an item that must not be in the table. */
    default void check(Item item) {}

    /** An item has changed. Changes of one item are told one after the other, and may be told again. */
    void follow(ItemKey key, ItemStore.Change change);
}
