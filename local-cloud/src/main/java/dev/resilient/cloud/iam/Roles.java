package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.policy.PolicyDocument;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;

/** Roles and their trust policies. */
record Roles(Entities entities, IdentityPolicies policies) {
    private static final int MAXIMUM_TRUST_POLICY = 2048;
    private static final int DEFAULT_SESSION_SECONDS = 3600;

    void register(Registrar roles) {
        roles.create(CreateRoleRequest.class, this::made);
        roles.get(GetRoleRequest.class);
        roles.list(ListRolesRequest.class, (_, _) -> true);
        roles.change(
                UpdateRoleRequest.class,
                (role, request) -> described(role, request.description(), request.maxSessionDuration()));
        roles.change(UpdateAssumeRolePolicyRequest.class, (role, request) -> trusting(role, request.policyDocument()));
        roles.delete(DeleteRoleRequest.class, this::checkUnused);
    }

    private Entity made(Entity role, CreateRoleRequest request) {
        int session = Optional.ofNullable(request.maxSessionDuration()).orElse(DEFAULT_SESSION_SECONDS);
        Entity described = described(policies.bounded(role, request), request.description(), session)
                .with("RoleLastUsed", RoleLastUsed.builder().build());
        return trusting(described, request.assumeRolePolicyDocument());
    }

    /** What is null stays as it is; an empty description is none. */
    private static Entity described(Entity role, @Nullable String description, @Nullable Integer maximumSession) {
        Entity described =
                description == null ? role : role.with("Description", description.isEmpty() ? null : description);
        return maximumSession == null ? described : described.with("MaxSessionDuration", maximumSession);
    }

    private Entity trusting(Entity role, String text) {
        refuseIf(
                Policies.sizeOf(text) > MAXIMUM_TRUST_POLICY,
                () -> Entities.limitExceeded("Cannot exceed quota for ACLSizePerRole: " + MAXIMUM_TRUST_POLICY));
        PolicyDocument trust = PolicyTexts.honoured(text, PolicyDocument.Kind.TRUST);
        trust.statements().stream()
                .flatMap(statement -> statement.principals().aws().stream())
                .filter(this::isMissing)
                .findFirst()
                .ifPresent(arn -> {
                    throw PolicyTexts.malformed("Invalid principal in policy: \"AWS\":\"" + arn + "\"");
                });
        return role.with("AssumeRolePolicyDocument", Policies.urlEncoded(trust)).with(trust);
    }

    /** Whether a user or role of this account is meant, and there is none. */
    private boolean isMissing(String principal) {
        return Stream.of(Kind.USER, Kind.ROLE).anyMatch(kind -> principal.startsWith(entities.arn(kind, null, "")))
                && entities.withArn(principal).isEmpty();
    }

    private void checkUnused(Entity role) {
        refuseIf(
                entities.lingers(
                        "role", () -> !entities.profilesWith(role.name()).isEmpty()),
                () -> Entities.deleteConflict("Cannot delete entity, must remove roles from instance profile first."));
        IdentityPolicies.requireNone(role);
    }
}
