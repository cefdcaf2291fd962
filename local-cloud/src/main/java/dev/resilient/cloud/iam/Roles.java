package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.wire.OperationRegistry;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;

/** Roles and their trust policies. */
final class Roles {
    private static final int MAXIMUM_TRUST_POLICY = 2048;
    private static final Duration DEFAULT_SESSION = Duration.ofHours(1);
    private final Entities entities;
    private final IdentityPolicies policies;

    Roles(Entities entities, IdentityPolicies policies) {
        this.entities = entities;
        this.policies = policies;
    }

    void register(OperationRegistry operations) {
        var roles = new Registrar<>(operations, entities, Kind.ROLE);
        roles.answerAsking(
                CreateRoleRequest.class,
                request -> roles.creation(
                        request.path(), request.roleName(), request.tags(), request.permissionsBoundary()),
                this::create);
        roles.answer(GetRoleRequest.class, GetRoleRequest::roleName, request -> GetRoleResponse.builder()
                .role(full(entities.get(Kind.ROLE, request.roleName())))
                .build());
        roles.list(ListRolesRequest.class, ListRolesRequest::pathPrefix, this::list);
        roles.act(UpdateRoleRequest.class, UpdateRoleRequest::roleName, this::update);
        roles.answer(
                UpdateRoleDescriptionRequest.class, UpdateRoleDescriptionRequest::roleName, this::updateDescription);
        roles.act(UpdateAssumeRolePolicyRequest.class, UpdateAssumeRolePolicyRequest::roleName, this::updateTrust);
        roles.act(DeleteRoleRequest.class, DeleteRoleRequest::roleName, this::delete);
    }

    private CreateRoleResponse create(CreateRoleRequest request) {
        RoleEntity role = new RoleEntity(
                entities.create(Kind.ROLE, request.path(), request.roleName(), Tags.map(request.tags())),
                policies.boundary(request.permissionsBoundary()),
                Objects.requireNonNullElse(request.description(), ""),
                session(request.maxSessionDuration(), DEFAULT_SESSION),
                trustPolicy(request.assumeRolePolicyDocument()));
        return CreateRoleResponse.builder()
                .role(full(entities.add(Kind.ROLE, request.roleName(), role)))
                .build();
    }

    private ListRolesResponse list(ListRolesRequest request) {
        Page<RoleEntity> page =
                Rendering.page(entities.all(Kind.ROLE), request.pathPrefix(), request.marker(), request.maxItems());
        return Rendering.paged(
                page,
                ListRolesResponse.builder()
                        .roles(page.items().stream()
                                .map(role -> brief(role).build())
                                .toList()));
    }

    private void update(UpdateRoleRequest request) {
        entities.change(
                Kind.ROLE,
                request.roleName(),
                role -> role.with(
                        Objects.requireNonNullElse(request.description(), role.description()),
                        session(request.maxSessionDuration(), role.maximumSession())));
    }

    private UpdateRoleDescriptionResponse updateDescription(UpdateRoleDescriptionRequest request) {
        RoleEntity updated = entities.change(
                Kind.ROLE, request.roleName(), role -> role.with(request.description(), role.maximumSession()));
        return UpdateRoleDescriptionResponse.builder().role(full(updated)).build();
    }

    private void updateTrust(UpdateAssumeRolePolicyRequest request) {
        entities.change(Kind.ROLE, request.roleName(), role -> role.with(trustPolicy(request.policyDocument())));
    }

    private void delete(DeleteRoleRequest request) {
        entities.remove(Kind.ROLE, request.roleName(), role -> {
            if (entities.lingers(
                    "role", () -> !entities.profilesWith(request.roleName()).isEmpty())) {
                throw Entities.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
            }
            Entities.requireNoPolicies(role.grants());
        });
    }

    private static Duration session(@Nullable Integer seconds, Duration otherwise) {
        return seconds == null ? otherwise : Duration.ofSeconds(seconds);
    }

    private static PolicyDocument trustPolicy(String text) {
        if (Policies.sizeOf(text) > MAXIMUM_TRUST_POLICY) {
            throw Entities.limitExceeded("Cannot exceed quota for ACLSizePerRole: " + MAXIMUM_TRUST_POLICY);
        }
        return PolicyDocument.parse(text, PolicyDocument.Kind.TRUST);
    }

    /** A role as lists show it: without tags and boundary. */
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
        return brief(role)
                .tags(Rendering.tags(role.entity().tags()))
                .roleLastUsed(RoleLastUsed.builder().build())
                .permissionsBoundary(Rendering.boundary(role.grants()))
                .build();
    }
}
