package dev.resilient.cloud.dynamodb;

import dev.resilient.expression.value.AttributeValues;
import dev.resilient.expression.value.ValueOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A place in the order of a table: that of an item, or one between items which bounds a part of the table.
 *
 * <p>Items are ordered by a token made of their hash value, which spreads them, as on AWS, so that a scan is in no order;
 * items with the same hash value lie side by side, ordered by their range value.
 *
 * @param token 32 bits, unsigned
 * @param values the hash and the range value, as far as the table has them; a bound with less stands beside all that begin
 *     like it
 * @param edge where the place is among those that begin alike
 */
record ItemKey(int token, List<AttributeValue> values, Edge edge) implements Comparable<ItemKey> {

    /** Before, at or behind. */
    enum Edge {
        BEFORE,
        AT,
        BEHIND,
        /** Behind all whose last value begins with that of the bound, too. */
        BEHIND_PREFIX;

        /** Negative before, positive behind. */
        int side() {
            return compareTo(AT);
        }
    }

    /** The place of the item with this hash value, and this range value if the table has one. */
    static ItemKey of(AttributeValue... values) {
        return beside(Edge.AT, values);
    }

    /** Before or behind every item with this hash value, or the one with this range value, too. */
    static ItemKey beside(Edge edge, AttributeValue... values) {
        return new ItemKey(tokenOf(values[0]), List.of(values), edge);
    }

    /** Before every item whose token is this one or higher. */
    static ItemKey beforeToken(int token) {
        return new ItemKey(token, List.of(), Edge.BEFORE);
    }

    /** The bound right behind or before this place. */
    ItemKey at(Edge side) {
        return new ItemKey(token, values, side);
    }

    /** A text that only this key has. */
    String text() {
        return values.stream().map(ItemKey::textOf).collect(Collectors.joining());
    }

    private static String textOf(AttributeValue value) {
        String text = value.b() != null
                ? Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe())
                : value.s() != null ? value.s() : value.n();
        return text.length() + ":" + text;
    }

    @Override
    public int compareTo(ItemKey other) {
        int order = Integer.compareUnsigned(token, other.token);
        for (int i = 0; order == 0 && i < values.size() && i < other.values.size(); i++) {
            int ofValues =
                    ValueOrder.compare(values.get(i), other.values.get(i)).orElse(0);
            order = ofValues < 0 && embraces(other, i) ? 1 : ofValues > 0 && other.embraces(this, i) ? -1 : ofValues;
        }
        if (order != 0 || values.size() == other.values.size()) {
            return order != 0 ? order : edge.compareTo(other.edge);
        }
        return values.size() < other.values.size() ? edge.side() : -other.edge.side();
    }

    /** Whether this is a bound behind all that begin like it, and the other does. */
    private boolean embraces(ItemKey other, int at) {
        return edge == Edge.BEHIND_PREFIX
                && at == values.size() - 1
                && AttributeValues.relate(other.values.get(at), values.get(at), String::startsWith);
    }

    /** Mixes the bits of the hash code so that similar values end up far apart. */
    private static int tokenOf(AttributeValue hash) {
        int mixed = hash.hashCode();
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
