package dev.resilient.cloud.ec2;

import dev.resilient.cloud.base.Page;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** EC2's way to cut a list into pages. */
final class Pages {

    private Pages() {}

    /**
     * The page that a request asks for.
     *
     * @param maxResults at most so many; null means all
     * @param token from the page before; null for the first page
     */
    static <T> Page<T> of(
            List<T> all, Function<? super T, String> key, @Nullable Integer maxResults, @Nullable String token) {
        return Page.of(
                all,
                key,
                token,
                maxResults == null ? Integer.MAX_VALUE : maxResults,
                () -> ServiceError.badRequest("InvalidParameterValue", "Unable to parse pagination token"));
    }
}
