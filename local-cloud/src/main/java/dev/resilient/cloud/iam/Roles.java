package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;

/** Roles, their trust policies and tags. */
final class Roles {
    private static final int MAXIMUM_TRUST_POLICY = 2048;
    private static final int DEFAULT_SESSION_SECONDS = 3600;
    private final Entities entities;

    Roles(Entities entities) {
        this.entities = entities;
    }

    CreateRoleResponse create(CreateRoleRequest request) {
        if (request.permissionsBoundary() != null) {
            throw ServiceError.badRequest("InvalidInput", "Permissions boundaries are not supported by this cloud.");
        }
        PolicyDocument trust = trustPolicy(request.assumeRolePolicyDocument());
        int sessionSeconds = Objects.requireNonNullElse(request.maxSessionDuration(), DEFAULT_SESSION_SECONDS);
        RoleEntity role = new RoleEntity(
                entities.create(Entity.Kind.ROLE, request.path(), request.roleName(), request.tags()),
                Objects.requireNonNullElse(request.description(), ""),
                Duration.ofSeconds(sessionSeconds),
                trust,
                new TreeSet<>(),
                new TreeMap<>());
        if (!entities.roles().create(request.roleName(), role)) {
            throw Entities.alreadyExists("Role with name " + request.roleName() + " already exists.");
        }
        return CreateRoleResponse.builder().role(full(role)).build();
    }

    GetRoleResponse get(GetRoleRequest request) {
        return GetRoleResponse.builder()
                .role(full(entities.role(request.roleName())))
                .build();
    }

    ListRolesResponse list(ListRolesRequest request) {
        Page<RoleEntity> page = Rendering.page(
                entities.roles().list().stream()
                        .filter(role -> Rendering.inPath(role.entity(), request.pathPrefix()))
                        .toList(),
                role -> role.entity().name(),
                request.marker(),
                request.maxItems());
        return ListRolesResponse.builder()
                .roles(page.items().stream().map(role -> brief(role).build()).toList())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    DeleteRoleResponse delete(DeleteRoleRequest request) {
        return entities.exclusively(() -> {
            RoleEntity role = entities.role(request.roleName());
            if (entities.lingers(
                    "role", () -> !entities.profilesWith(request.roleName()).isEmpty())) {
                throw Entities.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
            }
            if (!role.attached().isEmpty()) {
                throw Entities.deleteConflict("Cannot delete entity, must detach all policies first.");
            }
            if (!role.inline().isEmpty()) {
                throw Entities.deleteConflict("Cannot delete entity, must delete policies first.");
            }
            entities.roles().remove(request.roleName());
            return DeleteRoleResponse.builder().build();
        });
    }

    UpdateAssumeRolePolicyResponse updateTrust(UpdateAssumeRolePolicyRequest request) {
        entities.role(request.roleName());
        PolicyDocument trust = trustPolicy(request.policyDocument());
        change(request.roleName(), role -> role.withTrust(trust));
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    TagRoleResponse tag(TagRoleRequest request) {
        var tags = Entities.tagMap(request.tags());
        change(request.roleName(), role -> role.withEntity(role.entity().withTags(tags)));
        return TagRoleResponse.builder().build();
    }

    ListRoleTagsResponse listTags(ListRoleTagsRequest request) {
        Page<Tag> page = Rendering.page(
                Rendering.tags(entities.role(request.roleName()).entity().tags()),
                Tag::key,
                request.marker(),
                request.maxItems());
        return ListRoleTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private void change(String roleName, UnaryOperator<RoleEntity> change) {
        entities.exclusively(() -> {
            entities.role(roleName);
            return entities.roles().update(roleName, change);
        });
    }

    private static PolicyDocument trustPolicy(String text) {
        if (Policies.sizeOf(text) > MAXIMUM_TRUST_POLICY) {
            throw Entities.limitExceeded("Cannot exceed quota for ACLSizePerRole: " + MAXIMUM_TRUST_POLICY);
        }
        return PolicyDocument.parse(text, PolicyDocument.Kind.TRUST);
    }

    /** A role as lists show it: without its tags. */
    static Role.Builder brief(RoleEntity role) {
        Entity entity = role.entity();
        return Role.builder()
                .path(entity.path())
                .roleName(entity.name())
                .roleId(entity.id())
                .arn(entity.arn())
                .createDate(entity.created())
                .assumeRolePolicyDocument(Rendering.urlEncoded(role.trust()))
                .description(role.description().isEmpty() ? null : role.description())
                .maxSessionDuration(Math.toIntExact(role.maximumSession().toSeconds()));
    }

    private static Role full(RoleEntity role) {
        return brief(role).tags(Rendering.tags(role.entity().tags())).build();
    }
}
