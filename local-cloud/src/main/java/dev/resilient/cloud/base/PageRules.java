package dev.resilient.cloud.base;

import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * How a service cuts its lists into pages.
 *
 * @param defaultSize the number of items on a page if the caller names none
 * @param largestSize the number of items that is never exceeded, whatever the caller names
 * @param invalidToken the service's error for a token that is none
 */
public record PageRules(int defaultSize, int largestSize, Function<String, ServiceError> invalidToken) {
    private static final Set<String> TOKENS = Set.of("NextToken", "Marker", "NextMarker");
    private static final Set<String> SIZES = Set.of("MaxResults", "MaxRecords", "MaxItems", "PageSize");

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

    /**
     * The whole answer to a request that lists: the page that it asks for, in the one list that its response has, and the token
     * of the next page. Both are found by the names that AWS's services give them.
     *
     * @param response its builder; what else it has may be set already
     * @param view what is shown of an item
     * @throws ServiceError if the token is none
     */
    public <T, R, B extends SdkPojo & SdkBuilder<B, R>> R answer(
            SdkPojo request, B response, List<T> all, Function<? super T, String> key, Function<? super T, ?> view) {
        fill(request, response, all, key, view);
        return response.build();
    }

    /** Like {@link #answer}, for whoever builds the response. */
    public <T> void fill(
            SdkPojo request,
            SdkPojo response,
            List<T> all,
            Function<? super T, String> key,
            Function<? super T, ?> view) {
        Page<T> page = page(all, key, (String) member(request, TOKENS), (Integer) member(request, SIZES));
        for (SdkField<?> field : response.sdkFields()) {
            if (TOKENS.contains(field.memberName())) {
                field.set(response, page.next());
            } else if (field.memberName().equals("IsTruncated")) {
                field.set(response, page.next() != null);
            } else if (field.marshallingType() == MarshallingType.LIST) {
                field.set(response, page.items().stream().map(view).toList());
            }
        }
    }

    /** Like the other, for resources that are shown as they are: those of {@code all} that the request names. */
    public <T extends SdkPojo, R, B extends SdkPojo & SdkBuilder<B, R>> R answer(
            SdkPojo request, B response, List<T> all, Function<? super T, String> key) {
        return answer(request, response, Members.named(request, all), key, item -> item);
    }

    private static @Nullable Object member(SdkPojo request, Set<String> names) {
        for (SdkField<?> field : request.sdkFields()) {
            if (names.contains(field.memberName())) {
                return field.getValueOrDefault(request);
            }
        }
        return null;
    }
}
