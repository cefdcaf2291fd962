package dev.resilient.cloud.dynamodb;

import dev.resilient.expression.value.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which items of a table end when: those that have a number in the attribute that says so, in seconds of Unix time. Thread-safe.
 *
 * @param attribute the name of that attribute
 * @param due in order of time
 */
record Expiry(String attribute, ConcurrentSkipListSet<Due> due) {
    /** Whoever puts a smaller number probably does not mean seconds, so such an item stays. */
    private static final long OLDEST_DAYS = 5 * 365L;

    /** Of no item yet. */
    Expiry(String attribute) {
        this(attribute, new ConcurrentSkipListSet<>());
    }

    /** When an item ends. */
    record Due(BigDecimal second, ItemKey key) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Comparator.comparing(Due::second).thenComparing(Due::key).compare(this, other);
        }
    }

    /** Keeps up with a change of one item. */
    ItemStore.Change follow(ItemKey key, ItemStore.Change change) {
        change.before().flatMap(this::second).ifPresent(second -> due.remove(new Due(second, key)));
        change.after().flatMap(this::second).ifPresent(second -> due.add(new Due(second, key)));
        return change;
    }

    private Optional<BigDecimal> second(Item item) {
        return Optional.ofNullable(item.attributes().get(attribute))
                .map(AttributeValue::n)
                .map(BigDecimal::new);
    }

    /** Deletes the items whose time has come; costs nothing where there are none. */
    void sweep(ItemStore items, Instant now) {
        BigDecimal latest = BigDecimal.valueOf(now.getEpochSecond());
        BigDecimal oldest =
                BigDecimal.valueOf(now.minus(OLDEST_DAYS, ChronoUnit.DAYS).getEpochSecond());
        Due from = new Due(oldest, ItemKey.beforeToken(0));
        for (Due next = due.ceiling(from);
                next != null && next.second().compareTo(latest) <= 0;
                next = due.higher(next)) {
            items.change(next.key(), before -> before.filter(item -> !isOver(item, oldest, latest)));
        }
    }

    /** Asked again, since the item may have changed meanwhile. */
    private boolean isOver(Item item, BigDecimal oldest, BigDecimal latest) {
        return second(item)
                .filter(second -> second.compareTo(oldest) >= 0 && second.compareTo(latest) <= 0)
                .isPresent();
    }
}
