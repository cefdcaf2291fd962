package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The tags of users, roles, policies and instance profiles. The letter case of a key is kept, and does not count. */
record Tags(Entities entities) {
    private static final int MAXIMUM = 50;

    void register(OperationRegistry operations) {
        var users = new Registrar<>(operations, entities, Kind.USER);
        register(users, TagUserRequest.class, UntagUserRequest.class);
        users.answer(ListUserTagsRequest.class, request -> list(Kind.USER, request, ListUserTagsResponse.builder()));
        var roles = new Registrar<>(operations, entities, Kind.ROLE);
        register(roles, TagRoleRequest.class, UntagRoleRequest.class);
        roles.answer(ListRoleTagsRequest.class, request -> list(Kind.ROLE, request, ListRoleTagsResponse.builder()));
        var policies = new Registrar<>(operations, entities, Kind.POLICY);
        register(policies, TagPolicyRequest.class, UntagPolicyRequest.class);
        policies.answer(
                ListPolicyTagsRequest.class, request -> list(Kind.POLICY, request, ListPolicyTagsResponse.builder()));
        var profiles = new Registrar<>(operations, entities, Kind.INSTANCE_PROFILE);
        register(profiles, TagInstanceProfileRequest.class, UntagInstanceProfileRequest.class);
        profiles.answer(
                ListInstanceProfileTagsRequest.class,
                request -> list(Kind.INSTANCE_PROFILE, request, ListInstanceProfileTagsResponse.builder()));
    }

    private <R extends Resource<R>> void register(
            Registrar<R> on, Class<? extends IamRequest> tag, Class<? extends IamRequest> untag) {
        Kind<R> kind = on.kind();
        Access<IamRequest> adding = request ->
                List.of(on.on(kind.in(request), Registrar.requestTags(elements(request, "Tags", Tag.class))));
        on.operations()
                .act(
                        tag,
                        adding,
                        request -> change(kind, kind.in(request), present -> {
                            Map<String, String> added = map(elements(request, "Tags", Tag.class));
                            present.keySet().removeAll(added.keySet());
                            present.putAll(added);
                            refuseIf(
                                    present.size() > MAXIMUM,
                                    () -> Entities.limitExceeded("The number of tags has reached the maximum limit."));
                        }));
        on.act(
                untag,
                request -> change(kind, kind.in(request), present -> elements(request, "TagKeys", String.class)
                        .forEach(present::remove)));
    }

    private static <T> List<T> elements(IamRequest request, String member, Class<T> type) {
        List<?> elements = request.getValueForField(member, List.class).orElse(List.of());
        return elements.stream().map(type::cast).toList();
    }

    private <R extends Resource<R>> void change(Kind<R> kind, String name, Consumer<Map<String, String>> change) {
        entities.change(kind, name, resource -> {
            Policies.requireOwn(resource);
            Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            tags.putAll(resource.entity().tags());
            change.accept(tags);
            return resource.with(resource.entity().withTags(tags));
        });
    }

    private <R extends Resource<R>, O, B extends SdkBuilder<B, O> & SdkPojo> O list(
            Kind<R> kind, IamRequest request, B response) {
        List<Tag> tags =
                Rendering.tags(entities.get(kind, kind.in(request)).entity().tags());
        return Rendering.page(request, response, tags, Tag::key, tag -> tag);
    }

    /** @throws ServiceError {@code InvalidInput} if a key comes twice */
    static Map<String, String> map(List<Tag> tags) {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Tag tag : tags) {
            if (map.putIfAbsent(tag.key(), tag.value()) != null) {
                throw ServiceError.badRequest(
                        "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        return map;
    }
}
