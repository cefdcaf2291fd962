package dev.resilient.recommendation;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The guarded recommendations of the table that is in force. What is known of a table, its keys and the state of its circuit,
 * is forgotten when another one takes its place: that way a repaired parameter helps at once. Thread-safe.
 */
final class CurrentTable {
    private final Function<String, GuardedRecommendations> tables;
    private final AtomicReference<@Nullable Entry> current = new AtomicReference<>();

    /** @param tables makes the guarded recommendations of the table with this name; has no other effect */
    CurrentTable(Function<String, GuardedRecommendations> tables) {
        this.tables = tables;
    }

    /** The recommendations of the table with this name, the same ones as long as the name stays the same. */
    GuardedRecommendations named(String table) {
        Entry entry = Objects.requireNonNull(current.updateAndGet(
                known -> known != null && known.table.equals(table) ? known : new Entry(table, tables.apply(table))));
        return entry.recommendations;
    }

    private record Entry(String table, GuardedRecommendations recommendations) {}
}
