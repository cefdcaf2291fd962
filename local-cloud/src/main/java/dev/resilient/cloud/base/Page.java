package dev.resilient.cloud.base;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a longer answer.
 *
 * @param items what is on the page
 * @param nextToken the key of the page's last item, which asks for what follows; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {

    /** Keeps its own copy of the items. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * At most {@code size} of {@code all} after the item whose key is {@code token}, or from the start without one; empty if
     * no item has that key.
     */
    public static <T> Optional<Page<T>> of(
            List<T> all, Function<? super T, String> key, @Nullable String token, int size) {
        int start = 0;
        if (token != null) {
            start = all.stream().map(key).toList().indexOf(token) + 1;
            if (start == 0) {
                return Optional.empty();
            }
        }
        int end = Math.min(all.size(), start + size);
        String nextToken = end < all.size() ? key.apply(all.get(end - 1)) : null;
        return Optional.of(new Page<>(all.subList(start, end), nextToken));
    }
}
