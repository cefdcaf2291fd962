package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.ServiceError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.utils.builder.SdkBuilder;

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

    /** A page of the resources below a path, by name. */
    static <R extends Resource<R>> Page<R> page(
            ResourceMap<R> all, @Nullable String pathPrefix, @Nullable String marker, @Nullable Integer maxItems) {
        List<R> inPath = all.list().stream()
                .filter(resource -> inPath(resource.entity(), pathPrefix))
                .toList();
        return page(inPath, resource -> resource.entity().name(), marker, maxItems);
    }

    /** A response that carries a page, with what it takes to ask for the next one. */
    static <B extends SdkBuilder<B, O> & SdkPojo, O> O paged(Page<?> page, B response) {
        for (SdkField<?> field : response.sdkFields()) {
            switch (field.locationName()) {
                case "IsTruncated" -> field.set(response, page.next() != null);
                case "Marker" -> field.set(response, page.next());
                default -> {}
            }
        }
        return response.build();
    }

    /** The boundary of an identity; null if there is none. */
    static @Nullable AttachedPermissionsBoundary boundary(Grants grants) {
        return grants.boundary() == null
                ? null
                : AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
                        .permissionsBoundaryArn(grants.boundary())
                        .build();
    }

    static boolean inPath(Entity entity, @Nullable String pathPrefix) {
        return pathPrefix == null || entity.path().startsWith(pathPrefix);
    }
}
