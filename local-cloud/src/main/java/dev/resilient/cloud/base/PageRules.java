package dev.resilient.cloud.base;

import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a service cuts its lists into pages.
 *
 * @param defaultSize the number of items on a page if the caller names none
 * @param largestSize the number of items that is never exceeded, whatever the caller names
 * @param invalidToken the service's error for a token that is none
 */
public record PageRules(int defaultSize, int largestSize, Function<String, ServiceError> invalidToken) {

    /**
     * The page that a request asks for.
     *
     * @param all the whole list, in any order; pages follow the order of the keys
     * @param key what identifies an item
     * @param token from the page before; null for the first page
     * @param size the number of items that the caller wants; null for the default
     * @throws ServiceError if the token is none
     */
    public <T> Page<T> page(
            List<T> all, Function<? super T, String> key, @Nullable String token, @Nullable Integer size) {
        int items = size == null ? defaultSize : Math.clamp(size, 1, largestSize);
        return Page.of(all, key, token, items, () -> invalidToken.apply(token == null ? "" : token));
    }
}
