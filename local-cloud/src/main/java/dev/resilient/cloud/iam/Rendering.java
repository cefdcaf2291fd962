package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.PageRules;
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
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** How IAM shows what several kinds of entities have: policy documents, tags, pages. */
final class Rendering {
    private static final PageRules PAGES = new PageRules(
            100, Integer.MAX_VALUE, marker -> ServiceError.badRequest("ValidationError", "Invalid Marker."));

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

    /** The page of a list that a request asks for. */
    static <T, O, B extends SdkBuilder<B, O> & SdkPojo> O page(
            IamRequest request, B response, List<T> all, Function<T, String> key, Function<T, ?> view) {
        return PAGES.answer(request, response, all, key, view);
    }

    /** The page of the resources of a kind that a request asks for, which may name a path. */
    static <R extends Resource<R>, O, B extends SdkBuilder<B, O> & SdkPojo> O page(
            IamRequest request, B response, ResourceMap<R> all, Function<R, ?> view) {
        String path = request.getValueForField("PathPrefix", String.class).orElse(null);
        List<R> inPath = all.list().stream()
                .filter(resource -> inPath(resource.entity(), path))
                .toList();
        return page(request, response, inPath, resource -> resource.entity().name(), view);
    }

    /** Fills in what every kind of resource shows of itself. */
    static <B extends SdkPojo> B entity(Kind<?> kind, Entity entity, B builder) {
        Map<String, Object> members = Map.of(
                "Path",
                entity.path(),
                kind.title() + "Name",
                entity.name(),
                kind.title() + "Id",
                entity.id(),
                "Arn",
                entity.arn(),
                "CreateDate",
                entity.created());
        for (SdkField<?> field : builder.sdkFields()) {
            if (members.containsKey(field.memberName())) {
                field.set(builder, members.get(field.memberName()));
            }
        }
        return builder;
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
