package dev.resilient.cloud.dynamodb;

import dev.resilient.cloud.dynamodb.value.ValueOrder;
import java.util.Base64;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A place in the order of a table: that of an item, or one between items which bounds a part of the table.
 *
 * <p>Items are ordered by a token made of their hash value, which spreads them, as on AWS, so that a scan is in no order;
 * items with the same hash value lie side by side, ordered by their range value.
 *
 * @param token 32 bits, unsigned
 * @param hash null only in a bound that stands beside all items of its token
 * @param range null where the table has no range key, and in a bound that stands beside all items of its hash value
 * @param edge where the place is among those that begin alike
 */
record ItemKey(
        int token, @Nullable AttributeValue hash, @Nullable AttributeValue range, Edge edge)
        implements Comparable<ItemKey> {

    /** Before, at or behind. */
    enum Edge {
        BEFORE,
        AT,
        BEHIND;

        /** Negative before, positive behind. */
        int side() {
            return compareTo(AT);
        }
    }

    /** The place of an item. */
    static ItemKey of(AttributeValue hash, @Nullable AttributeValue range) {
        return new ItemKey(tokenOf(hash), hash, range, Edge.AT);
    }

    /** Before or behind every item with this hash value. */
    static ItemKey beside(Edge edge, AttributeValue hash) {
        return new ItemKey(tokenOf(hash), hash, null, edge);
    }

    /** Before or behind the one item with this hash and range value. */
    static ItemKey beside(Edge edge, AttributeValue hash, AttributeValue range) {
        return new ItemKey(tokenOf(hash), hash, range, edge);
    }

    /** Before every item whose token is this one or higher. */
    static ItemKey beforeToken(int token) {
        return new ItemKey(token, null, null, Edge.BEFORE);
    }

    /** The bound right behind or before this place. */
    ItemKey at(Edge side) {
        return new ItemKey(token, hash, range, side);
    }

    /** A text that only this key has. */
    String text() {
        return text(hash) + text(range);
    }

    private static String text(@Nullable AttributeValue value) {
        if (value == null) {
            return "";
        }
        String text = value.b() != null
                ? Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe())
                : value.s() != null ? value.s() : value.n();
        return text.length() + ":" + text;
    }

    @Override
    public int compareTo(ItemKey other) {
        int order = Integer.compareUnsigned(token, other.token);
        if (order == 0) {
            order = compare(hash, other.hash, other, ItemKey::compareValues);
        }
        if (order == 0) {
            order = compare(range, other.range, other, ItemKey::compareValues);
        }
        return order != 0 ? order : edge.compareTo(other.edge);
    }

    /** A bound without a value embraces every place that has one. */
    private <T> int compare(@Nullable T mine, @Nullable T theirs, ItemKey other, Comparator<T> order) {
        if (mine != null && theirs != null) {
            return order.compare(mine, theirs);
        }
        if (mine == null && theirs == null) {
            return 0;
        }
        return mine == null ? edge.side() : -other.edge.side();
    }

    private static int compareValues(AttributeValue mine, AttributeValue theirs) {
        return ValueOrder.compare(mine, theirs).orElse(0);
    }

    /** Mixes the bits of the hash code so that similar values end up far apart. */
    private static int tokenOf(AttributeValue hash) {
        int mixed = hash.hashCode();
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
