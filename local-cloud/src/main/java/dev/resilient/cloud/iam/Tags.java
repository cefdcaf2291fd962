package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

/** The tags of users, roles, policies and instance profiles. The letter case of a key is kept, and does not count. */
final class Tags {
    private static final int MAXIMUM = 50;
    private final Entities entities;

    Tags(Entities entities) {
        this.entities = entities;
    }

    void register(OperationRegistry operations) {
        var users = new Registrar<>(operations, entities, Kind.USER);
        tagging(users, TagUserRequest.class, TagUserRequest::userName, TagUserRequest::tags);
        untagging(users, UntagUserRequest.class, UntagUserRequest::userName, UntagUserRequest::tagKeys);
        users.answer(ListUserTagsRequest.class, ListUserTagsRequest::userName, request -> {
            Page<Tag> page = list(Kind.USER, request.userName(), request.marker(), request.maxItems());
            return Rendering.paged(page, ListUserTagsResponse.builder().tags(page.items()));
        });

        var roles = new Registrar<>(operations, entities, Kind.ROLE);
        tagging(roles, TagRoleRequest.class, TagRoleRequest::roleName, TagRoleRequest::tags);
        untagging(roles, UntagRoleRequest.class, UntagRoleRequest::roleName, UntagRoleRequest::tagKeys);
        roles.answer(ListRoleTagsRequest.class, ListRoleTagsRequest::roleName, request -> {
            Page<Tag> page = list(Kind.ROLE, request.roleName(), request.marker(), request.maxItems());
            return Rendering.paged(page, ListRoleTagsResponse.builder().tags(page.items()));
        });

        var policies = new Registrar<>(operations, entities, Kind.POLICY);
        tagging(policies, TagPolicyRequest.class, TagPolicyRequest::policyArn, TagPolicyRequest::tags);
        untagging(policies, UntagPolicyRequest.class, UntagPolicyRequest::policyArn, UntagPolicyRequest::tagKeys);
        policies.answer(ListPolicyTagsRequest.class, ListPolicyTagsRequest::policyArn, request -> {
            Page<Tag> page = list(Kind.POLICY, request.policyArn(), request.marker(), request.maxItems());
            return Rendering.paged(page, ListPolicyTagsResponse.builder().tags(page.items()));
        });

        var profiles = new Registrar<>(operations, entities, Kind.INSTANCE_PROFILE);
        tagging(
                profiles,
                TagInstanceProfileRequest.class,
                TagInstanceProfileRequest::instanceProfileName,
                TagInstanceProfileRequest::tags);
        untagging(
                profiles,
                UntagInstanceProfileRequest.class,
                UntagInstanceProfileRequest::instanceProfileName,
                UntagInstanceProfileRequest::tagKeys);
        profiles.answer(
                ListInstanceProfileTagsRequest.class, ListInstanceProfileTagsRequest::instanceProfileName, request -> {
                    Page<Tag> page = list(
                            Kind.INSTANCE_PROFILE, request.instanceProfileName(), request.marker(), request.maxItems());
                    return Rendering.paged(
                            page, ListInstanceProfileTagsResponse.builder().tags(page.items()));
                });
    }

    private <R extends Resource<R>, I extends IamRequest> void tagging(
            Registrar<R> on, Class<I> type, Function<I, String> name, Function<I, List<Tag>> tags) {
        on.actAsking(
                type,
                request -> List.of(on.on(name.apply(request), Registrar.requestTags(tags.apply(request)))),
                request -> change(on.kind(), name.apply(request), present -> {
                    Map<String, String> added = map(tags.apply(request));
                    // The letter case of the new key counts from now on.
                    present.keySet().removeAll(added.keySet());
                    present.putAll(added);
                    if (present.size() > MAXIMUM) {
                        throw Entities.limitExceeded("The number of tags has reached the maximum limit.");
                    }
                }));
    }

    private <R extends Resource<R>, I extends IamRequest> void untagging(
            Registrar<R> on, Class<I> type, Function<I, String> name, Function<I, List<String>> keys) {
        on.act(
                type,
                name,
                request -> change(on.kind(), name.apply(request), present -> keys.apply(request)
                        .forEach(present::remove)));
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

    private <R extends Resource<R>> Page<Tag> list(
            Kind<R> kind, String name, @Nullable String marker, @Nullable Integer maxItems) {
        return Rendering.page(Rendering.tags(entities.get(kind, name).entity().tags()), Tag::key, marker, maxItems);
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
