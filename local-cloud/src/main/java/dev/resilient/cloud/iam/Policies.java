package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;

/** Managed policies: the account's own, and AWS's, which nobody can change. */
final class Policies {
    private static final int MAXIMUM_SIZE = 6144;
    private final Entities entities;

    Policies(Entities entities) {
        this.entities = entities;
    }

    CreatePolicyResponse create(CreatePolicyRequest request) {
        String name = request.policyName();
        if (sizeOf(request.policyDocument()) > MAXIMUM_SIZE) {
            throw Entities.limitExceeded("Cannot exceed quota for PolicySize: " + MAXIMUM_SIZE);
        }
        PolicyEntity policy = new PolicyEntity(
                entities.create(Entity.Kind.POLICY, request.path(), name, request.tags()),
                Objects.requireNonNullElse(request.description(), ""),
                PolicyDocument.parse(request.policyDocument(), PolicyDocument.Kind.IDENTITY));
        return entities.exclusively(() -> {
            // The name is unique in the account whatever the path, hence not by the key, the ARN, alone.
            boolean taken = entities.policies().list().stream()
                    .anyMatch(other ->
                            !other.isAwsManaged() && other.entity().name().equalsIgnoreCase(name));
            if (taken) {
                throw Entities.alreadyExists(
                        "A policy called " + name + " already exists. Duplicate names are not allowed.");
            }
            entities.policies().put(policy.entity().arn(), policy);
            return CreatePolicyResponse.builder().policy(full(policy)).build();
        });
    }

    GetPolicyResponse get(GetPolicyRequest request) {
        return GetPolicyResponse.builder()
                .policy(full(entities.policy(request.policyArn())))
                .build();
    }

    GetPolicyVersionResponse getVersion(GetPolicyVersionRequest request) {
        PolicyEntity policy = entities.policy(request.policyArn());
        if (!request.versionId().equals(PolicyEntity.VERSION)) {
            throw Entities.noSuchEntity("Policy " + request.policyArn() + " version " + request.versionId()
                    + " does not exist or is not attachable.");
        }
        return GetPolicyVersionResponse.builder()
                .policyVersion(version -> version.document(Rendering.urlEncoded(policy.document()))
                        .versionId(PolicyEntity.VERSION)
                        .isDefaultVersion(true)
                        .createDate(policy.entity().created()))
                .build();
    }

    ListPoliciesResponse list(ListPoliciesRequest request) {
        Page<PolicyEntity> page = Rendering.page(
                entities.policies().list().stream().filter(listed(request)).toList(),
                policy -> policy.entity().arn(),
                request.marker(),
                request.maxItems());
        return ListPoliciesResponse.builder()
                .policies(page.items().stream()
                        .map(policy -> brief(policy).build())
                        .toList())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private Predicate<PolicyEntity> listed(ListPoliciesRequest request) {
        PolicyScopeType scope = Objects.requireNonNullElse(request.scope(), PolicyScopeType.ALL);
        boolean onlyAttached = Boolean.TRUE.equals(request.onlyAttached());
        return policy -> (scope == PolicyScopeType.ALL || (scope == PolicyScopeType.AWS) == policy.isAwsManaged())
                && (!onlyAttached || !entities.rolesWith(policy.entity().arn()).isEmpty())
                && Rendering.inPath(policy.entity(), request.pathPrefix());
    }

    DeletePolicyResponse delete(DeletePolicyRequest request) {
        return entities.exclusively(() -> {
            PolicyEntity policy = entities.policy(request.policyArn());
            if (policy.isAwsManaged()) {
                throw ServiceError.badRequest("InvalidInput", "Policy is outside your own account.");
            }
            if (entities.lingers(
                    "policy", () -> !entities.rolesWith(request.policyArn()).isEmpty())) {
                throw Entities.deleteConflict("Cannot delete a policy attached to entities.");
            }
            entities.policies().remove(request.policyArn());
            return DeletePolicyResponse.builder().build();
        });
    }

    ListEntitiesForPolicyResponse listEntities(ListEntitiesForPolicyRequest request) {
        entities.policy(request.policyArn());
        boolean rolesWanted = request.entityFilter() == null || request.entityFilter() == EntityType.ROLE;
        List<RoleEntity> roles = rolesWanted ? entities.rolesWith(request.policyArn()) : List.of();
        Page<RoleEntity> page = Rendering.page(
                roles.stream()
                        .filter(role -> Rendering.inPath(role.entity(), request.pathPrefix()))
                        .toList(),
                role -> role.entity().name(),
                request.marker(),
                request.maxItems());
        return ListEntitiesForPolicyResponse.builder()
                .policyRoles(page.items().stream()
                        .map(role -> PolicyRole.builder()
                                .roleName(role.entity().name())
                                .roleId(role.entity().id())
                                .build())
                        .toList())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    /** The length that IAM's quotas count: white space is free. */
    static long sizeOf(String document) {
        return document.chars()
                .filter(character -> !Character.isWhitespace(character))
                .count();
    }

    /** A policy as lists show it: without description and tags. */
    private Policy.Builder brief(PolicyEntity policy) {
        Entity entity = policy.entity();
        return Policy.builder()
                .policyName(entity.name())
                .policyId(entity.id())
                .arn(entity.arn())
                .path(entity.path())
                .defaultVersionId(PolicyEntity.VERSION)
                .attachmentCount(entities.rolesWith(entity.arn()).size())
                .permissionsBoundaryUsageCount(0)
                .isAttachable(true)
                .createDate(entity.created())
                .updateDate(entity.created());
    }

    private Policy full(PolicyEntity policy) {
        return brief(policy)
                .description(policy.description().isEmpty() ? null : policy.description())
                .tags(Rendering.tags(policy.entity().tags()))
                .build();
    }
}
