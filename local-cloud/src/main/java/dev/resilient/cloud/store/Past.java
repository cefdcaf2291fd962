package dev.resilient.cloud.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the resources of one kind were until a short while ago, for those who look at them in {@link Hindsight}; without, there is
 * only the present. Thread-safe.
 *
 * @param <V> an immutable record of one resource
 */
final class Past<V> {
    private final ConcurrentSkipListMap<String, List<Version<V>>> versions = new ConcurrentSkipListMap<>();
    private final @Nullable Hindsight hindsight;

    /** A past that goes back as far as hindsight does. */
    Past(@Nullable Hindsight hindsight) {
        this.hindsight = hindsight;
    }

    /** What a resource was from a moment on; null when it was removed. */
    private record Version<V>(long sinceNanos, @Nullable V value) {}

    /** Remembers that a resource has changed; {@code current} gives what it is now, null if it is gone. */
    void remember(String key, Supplier<@Nullable V> current) {
        if (hindsight != null) {
            // Asked for here, so that of two changes at once the later version is the one that stays.
            versions.compute(
                    key, (sameKey, before) -> after(hindsight, before == null ? List.of() : before, current.get()));
        }
    }

    /** The resource at the moment that is looked at. */
    Optional<V> find(String key, @Nullable V current) {
        Optional<Long> moment = moment();
        return moment.isEmpty()
                ? Optional.ofNullable(current)
                : at(moment.get(), versions.getOrDefault(key, List.of()));
    }

    /** Every resource at the moment that is looked at, in the order of their keys. */
    List<V> list(Collection<V> current) {
        return moment().map(this::listAt).orElseGet(() -> List.copyOf(current));
    }

    /** Those from a key on, as long as their keys begin with {@code prefix}. */
    Stream<V> from(String key, String prefix, NavigableMap<String, V> current) {
        return moment().map(moment -> part(versions, key, prefix).flatMap(all -> at(moment, all).stream()))
                .orElseGet(() -> part(current, key, prefix));
    }

    private static <E> Stream<E> part(NavigableMap<String, E> all, String key, String prefix) {
        return all.tailMap(key, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue);
    }

    private Optional<Long> moment() {
        return hindsight == null ? Optional.empty() : Hindsight.seenAt();
    }

    private List<V> listAt(long moment) {
        versions.values().removeIf(this::isOver);
        return versions.values().stream()
                .flatMap(all -> at(moment, all).stream())
                .toList();
    }

    private Optional<V> at(long moment, List<Version<V>> all) {
        return all.reversed().stream()
                .filter(version -> version.sinceNanos() - moment <= 0)
                .findFirst()
                .flatMap(version -> Optional.ofNullable(version.value()));
    }

    private boolean isOver(List<Version<V>> all) {
        return all.getLast().value() == null
                && hindsight != null
                && hindsight.isForgotten(all.getLast().sinceNanos());
    }

    /** Without the versions that nobody can see any more, since a later one is as old as hindsight reaches. */
    private static <V> List<Version<V>> after(Hindsight hindsight, List<Version<V>> before, @Nullable V value) {
        List<Version<V>> after = new ArrayList<>(before);
        while (after.size() > 1 && hindsight.isForgotten(after.get(1).sinceNanos())) {
            after.removeFirst();
        }
        after.add(new Version<>(hindsight.nanoTime(), value));
        return List.copyOf(after);
    }
}
