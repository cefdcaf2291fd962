package dev.resilient.cloud.elb;

import dev.resilient.cloud.base.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Elastic Load Balancing's pages: 400 resources unless the caller wants fewer. */
final class Pages {
    private static final int LARGEST_SIZE = 400;

    private Pages() {}

    static <T> Page<T> of(
            List<T> all, Function<? super T, String> key, @Nullable String marker, @Nullable Integer pageSize) {
        int size = pageSize == null ? LARGEST_SIZE : Math.clamp(pageSize, 1, LARGEST_SIZE);
        return Page.of(all, key, marker, size, () -> Errors.validation("Marker '" + marker + "' is not valid"));
    }
}
