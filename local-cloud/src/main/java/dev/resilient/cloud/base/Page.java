package dev.resilient.cloud.base;

import dev.resilient.wire.ServiceError;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One page of a longer list. The token of the next page holds the key of the last item on this one, so that what is created
 * or deleted meanwhile neither repeats nor skips anything else.
 *
 * @param items what is on the page
 * @param next the token that asks for the next page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /**
     * The page after the one that gave {@code token}, or the first.
     *
     * @param all the whole list, in any order; pages follow the order of the keys
     * @param key what identifies an item
     * @param token from the page before; null for the first page
     * @param size the largest number of items on the page, at least 1; a {@link PageLimit} may make it smaller
     * @param invalidToken the service's error for a token that is none
     */
    public static <T> Page<T> of(
            List<T> all,
            Function<? super T, String> key,
            @Nullable String token,
            int size,
            Supplier<ServiceError> invalidToken) {
        int limit = PageLimit.of(size);
        String after = token == null ? "" : PageToken.key(token, invalidToken);
        List<T> rest = all.stream()
                .filter(item -> key.apply(item).compareTo(after) > 0)
                .sorted(Comparator.comparing(key))
                .toList();
        if (rest.size() <= limit) {
            return new Page<>(rest, null);
        }
        List<T> items = rest.subList(0, limit);
        return new Page<>(items, PageToken.after(key.apply(items.getLast())));
    }
}
