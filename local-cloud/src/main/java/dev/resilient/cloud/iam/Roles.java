package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

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
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;

/** Roles and their trust policies. */
record Roles(Entities entities, IdentityPolicies policies) {
    private static final int MAXIMUM_TRUST_POLICY = 2048;
    private static final Duration DEFAULT_SESSION = Duration.ofHours(1);

    void register(OperationRegistry operations) {
        var roles = new Registrar<>(operations, entities, Kind.ROLE);
        operations.on(
                CreateRoleRequest.class,
                request -> roles.creation(
                        request.path(), request.roleName(), request.tags(), request.permissionsBoundary()),
                this::create);
        roles.answer(GetRoleRequest.class, request -> GetRoleResponse.builder()
                .role(full(entities.get(Kind.ROLE, request.roleName())))
                .build());
        roles.list(ListRolesRequest.class, this::list);
        roles.act(UpdateRoleRequest.class, this::update);
        roles.act(UpdateAssumeRolePolicyRequest.class, this::updateTrust);
        roles.act(DeleteRoleRequest.class, this::delete);
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
        return Rendering.page(request, ListRolesResponse.builder(), entities.all(Kind.ROLE), role -> brief(role)
                .build());
    }

    private void update(UpdateRoleRequest request) {
        entities.change(
                Kind.ROLE,
                request.roleName(),
                role -> role.with(
                        Objects.requireNonNullElse(request.description(), role.description()),
                        session(request.maxSessionDuration(), role.maximumSession())));
    }

    private void updateTrust(UpdateAssumeRolePolicyRequest request) {
        entities.change(Kind.ROLE, request.roleName(), role -> role.with(trustPolicy(request.policyDocument())));
    }

    private void delete(DeleteRoleRequest request) {
        entities.remove(Kind.ROLE, request.roleName(), role -> {
            refuseIf(
                    entities.lingers("role", () -> !entities.profilesWith(request.roleName())
                            .isEmpty()),
                    () -> Entities.deleteConflict(
                            "Cannot delete entity, must remove roles from instance profile first."));
            Entities.requireNoPolicies(role.grants());
        });
    }

    private static Duration session(@Nullable Integer seconds, Duration otherwise) {
        return seconds == null ? otherwise : Duration.ofSeconds(seconds);
    }

    private static PolicyDocument trustPolicy(String text) {
        refuseIf(
                Policies.sizeOf(text) > MAXIMUM_TRUST_POLICY,
                () -> Entities.limitExceeded("Cannot exceed quota for ACLSizePerRole: " + MAXIMUM_TRUST_POLICY));
        return PolicyDocument.parse(text, PolicyDocument.Kind.TRUST);
    }

    /** A role as lists show it: without tags and boundary. */
    static Role.Builder brief(RoleEntity role) {
        return Rendering.entity(Kind.ROLE, role.entity(), Role.builder())
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
