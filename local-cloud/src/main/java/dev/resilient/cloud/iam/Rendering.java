package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.wire.ServiceError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/** How IAM shows what several kinds of entities have: policy documents, tags, pages. */
final class Rendering {
    private static final int DEFAULT_PAGE_SIZE = 100;

    private Rendering() {}

    /** The text of a policy, URL-encoded as RFC 3986 has it: IAM's responses carry policies only in this form. */
    static String urlEncoded(PolicyDocument policy) {
        return URLEncoder.encode(policy.text(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static <T> Page<T> page(
            List<T> all, Function<? super T, String> key, @Nullable String marker, @Nullable Integer maxItems) {
        return Page.of(
                all,
                key,
                marker,
                maxItems == null ? DEFAULT_PAGE_SIZE : maxItems,
                () -> ServiceError.badRequest("ValidationError", "Invalid Marker."));
    }

    static boolean inPath(Entity entity, @Nullable String pathPrefix) {
        return pathPrefix == null || entity.path().startsWith(pathPrefix);
    }
}
