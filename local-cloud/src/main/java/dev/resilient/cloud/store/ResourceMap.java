package dev.resilient.cloud.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * The resources of one kind by name or id, in the order of their keys. Values are immutable; a change replaces the whole
 * value atomically, and never brings back what was removed meanwhile. Thread-safe.
 *
 * @param <V> an immutable record of one resource
 */
public final class ResourceMap<V> {
    private final ConcurrentSkipListMap<String, V> resources = new ConcurrentSkipListMap<>();

    /** Adds a resource; false, and nothing changed, if the key is taken. */
    public boolean create(String key, V resource) {
        return resources.putIfAbsent(key, resource) == null;
    }

    /** The resource with this key. */
    public Optional<V> find(String key) {
        return Optional.ofNullable(resources.get(key));
    }

    /** Replaces the resource by {@code change} of it; empty, and nothing changed, if there is none. */
    public Optional<V> update(String key, UnaryOperator<V> change) {
        return Optional.ofNullable(resources.computeIfPresent(key, (sameKey, resource) -> change.apply(resource)));
    }

    /** Adds the resource or replaces the one with the same key. */
    public void put(String key, V resource) {
        resources.put(key, resource);
    }

    /** Removes and returns the resource with this key. */
    public Optional<V> remove(String key) {
        return Optional.ofNullable(resources.remove(key));
    }

    /** Removes the resource only if it is still equal to {@code expected}; false, and nothing changed, if it is not. */
    public boolean remove(String key, V expected) {
        return resources.remove(key, expected);
    }

    /** Every resource, in the order of their keys, as they are now. */
    public List<V> list() {
        return List.copyOf(resources.values());
    }
}
