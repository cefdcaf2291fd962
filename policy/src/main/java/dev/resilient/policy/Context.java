package dev.resilient.policy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys of a request with their values. They are gathered when a policy first asks for one, which most never do. Not
 * thread-safe.
 */
public final class Context {
    private final Supplier<Map<String, List<String>>> gathering;
    private @Nullable Map<String, List<String>> keys;

    private Context(Supplier<Map<String, List<String>>> gathering) {
        this.gathering = gathering;
    }

    /** These keys, as they are when one of them is first asked for. */
    public static Context of(Supplier<Map<String, List<String>>> keys) {
        return new Context(keys);
    }

    /** The values of a key, whatever its letter case; none if the request does not have it. */
    List<String> values(String key) {
        if (keys == null) {
            keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            keys.putAll(gathering.get());
        }
        return keys.getOrDefault(key, List.of());
    }
}
