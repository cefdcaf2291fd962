package dev.resilient.recommendation;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The guarded recommendations of the table that is in force. What is known of a table, its keys and the state of its circuit,
 * is forgotten when another one takes its place: that way a repaired parameter helps at once. Thread-safe.
 */
final class CurrentTable {
    private final BiFunction<String, TimeLimits, GuardedRecommendations> tables;
    private final AtomicReference<@Nullable Entry> current = new AtomicReference<>();

    /** @param tables makes the recommendations of the table with this name, guarded or not; has no other effect */
    CurrentTable(BiFunction<String, TimeLimits, GuardedRecommendations> tables) {
        this.tables = tables;
    }

    /** The recommendations of the table that is in force, the same ones as long as it stays the same. */
    GuardedRecommendations of(ServiceParameters inForce) {
        String table = inForce.table();
        TimeLimits limits = inForce.timeLimits();
        Entry entry = Objects.requireNonNull(current.updateAndGet(known -> known != null && known.is(table, limits)
                ? known
                : new Entry(table, limits, tables.apply(table, limits))));
        return entry.recommendations;
    }

    private record Entry(String table, TimeLimits limits, GuardedRecommendations recommendations) {
        boolean is(String otherTable, TimeLimits otherLimits) {
            return table.equals(otherTable) && limits == otherLimits;
        }
    }
}
