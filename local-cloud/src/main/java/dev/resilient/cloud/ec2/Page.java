package dev.resilient.cloud.ec2;

import dev.resilient.wire.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param nextToken what asks for the next page; null on the last one
 */
record Page<T>(List<T> items, @Nullable String nextToken) {

    /**
     * The page that a request asks for. The token says how many items were seen, so that a resource which goes away between
     * two pages may hide another one; EC2 promises no more.
     *
     * @param maxResults at most so many; null means all
     * @param token from the page before; null for the first page
     */
    static <T> Page<T> of(List<T> all, @Nullable Integer maxResults, @Nullable String token) {
        int start = token == null ? 0 : Math.min(seen(token), all.size());
        int end = maxResults == null ? all.size() : (int) Math.min(all.size(), (long) start + maxResults);
        return new Page<>(List.copyOf(all.subList(start, end)), end < all.size() ? token(end) : null);
    }

    private static String token(int seen) {
        return Base64.getUrlEncoder().encodeToString(("seen=" + seen).getBytes(StandardCharsets.UTF_8));
    }

    private static int seen(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith("seen=")) {
                return Integer.parseUnsignedInt(text.substring("seen=".length()));
            }
        } catch (IllegalArgumentException foreign) {
            throw malformed();
        }
        throw malformed();
    }

    private static ServiceError malformed() {
        return ServiceError.badRequest("InvalidParameterValue", "Unable to parse pagination token");
    }
}
