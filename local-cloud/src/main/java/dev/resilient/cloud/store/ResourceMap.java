package dev.resilient.cloud.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one kind by name or id, in the order of their keys. Values are immutable; a change replaces the whole
 * value atomically, and never brings back what was removed meanwhile. A {@link DryRun} ends where it would change one.
 * Thread-safe.
 *
 * @param <V> an immutable record of one resource
 */
public final class ResourceMap<V> {
    private final ConcurrentSkipListMap<String, V> resources = new ConcurrentSkipListMap<>();
    private final Shelf shelf;
    private final Past<V> past;

    /** With what is on the shelf. */
    @SuppressWarnings("unchecked") // A shelf holds what its one map has put there.
    ResourceMap(Shelf shelf, Past<V> past) {
        this.shelf = shelf;
        this.past = past;
        shelf.load((key, bytes) -> {
            resources.put(key, (V) StoredForm.read(bytes));
            past.remember(key, () -> resources.get(key));
        });
    }

    /** Adds a resource; false, and nothing changed, if the key is taken. */
    public boolean create(String key, V resource) {
        if (!resources.containsKey(key)) {
            DryRun.endHere();
        }
        return kept(key, resources.putIfAbsent(key, resource) == null);
    }

    /** The resource with this key; in {@link Hindsight}, as it was then. */
    public Optional<V> find(String key) {
        return past.find(key, resources.get(key));
    }

    /** Replaces the resource by {@code change} of it; empty, and nothing changed, if there is none. */
    public Optional<V> update(String key, UnaryOperator<V> change) {
        V updated = resources.computeIfPresent(key, (sameKey, resource) -> {
            V changed = change.apply(resource);
            DryRun.endHere();
            return changed;
        });
        kept(key, updated != null);
        return Optional.ofNullable(updated);
    }

    /** Adds the resource or replaces the one with the same key. */
    public void put(String key, V resource) {
        DryRun.endHere();
        resources.put(key, resource);
        kept(key, true);
    }

    /** Removes and returns the resource with this key. */
    public Optional<V> remove(String key) {
        if (resources.containsKey(key)) {
            DryRun.endHere();
        }
        V removed = resources.remove(key);
        kept(key, removed != null);
        return Optional.ofNullable(removed);
    }

    /** Removes the resource only if it is still equal to {@code expected}; false, and nothing changed, if it is not. */
    public boolean remove(String key, V expected) {
        DryRun.endHere();
        return kept(key, resources.remove(key, expected));
    }

    /** Every resource, in the order of their keys, as they are now; in {@link Hindsight}, as they were then. */
    public List<V> list() {
        return past.list(resources.values());
    }

    /**
     * Every resource with this key or a greater one whose key begins with {@code prefix}, in the order of their keys, at a cost that does
     * not depend on the others; in {@link Hindsight}, as they were then.
     */
    public Stream<V> from(String key, String prefix) {
        return past.from(key, prefix, resources);
    }

    private boolean kept(String key, boolean changed) {
        if (changed) {
            past.remember(key, () -> resources.get(key));
            shelf.keep(key, () -> stored(resources.get(key)));
        }
        return changed;
    }

    private static byte @Nullable [] stored(@Nullable Object resource) {
        return resource == null ? null : StoredForm.write(resource);
    }
}
