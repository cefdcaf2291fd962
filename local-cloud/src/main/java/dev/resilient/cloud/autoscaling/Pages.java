package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.Page;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Auto Scaling's pages: 50 records unless the caller wants another number, at most 100, in the order of their keys. */
final class Pages {
    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST_SIZE = 100;

    private Pages() {}

    static <T> Page<T> of(
            List<T> all, Function<? super T, String> key, @Nullable String token, @Nullable Integer maxRecords) {
        int size = maxRecords == null ? DEFAULT_SIZE : Math.clamp(maxRecords, 1, LARGEST_SIZE);
        return Page.of(
                all,
                key,
                token,
                size,
                () -> ServiceError.badRequest("InvalidNextToken", "The token '" + token + "' is invalid."));
    }
}
