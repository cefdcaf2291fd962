package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;

/** Managed policies: the account's own, and AWS's, which nobody can change. */
record Policies(Entities entities) {
    private static final int MAXIMUM_SIZE = 6144;

    void register(OperationRegistry operations) {
        var policies = new Registrar<>(operations, entities, Kind.POLICY);
        operations.on(
                CreatePolicyRequest.class,
                request -> policies.creation(request.path(), request.policyName(), request.tags(), null),
                this::create);
        policies.answer(GetPolicyRequest.class, request -> GetPolicyResponse.builder()
                .policy(full(entities.get(Kind.POLICY, request.policyArn())))
                .build());
        policies.list(ListPoliciesRequest.class, this::list);
        policies.act(DeletePolicyRequest.class, this::delete);
        policies.answer(ListEntitiesForPolicyRequest.class, this::listEntities);
    }

    private CreatePolicyResponse create(CreatePolicyRequest request) {
        PolicyDocument document = document(request.policyDocument());
        Entity entity = entities.create(Kind.POLICY, request.path(), request.policyName(), Tags.map(request.tags()));
        PolicyEntity policy = PolicyEntity.of(entity, Objects.requireNonNullElse(request.description(), ""), document);
        return CreatePolicyResponse.builder()
                .policy(full(entities.add(Kind.POLICY, entity.arn(), policy)))
                .build();
    }

    private ListPoliciesResponse list(ListPoliciesRequest request) {
        List<PolicyEntity> listed = entities.all(Kind.POLICY).list().stream()
                .filter(listed(request))
                .toList();
        return Rendering.page(
                request,
                ListPoliciesResponse.builder(),
                listed,
                policy -> policy.entity().arn(),
                policy -> brief(policy).build());
    }

    private Predicate<PolicyEntity> listed(ListPoliciesRequest request) {
        PolicyScopeType scope = Objects.requireNonNullElse(request.scope(), PolicyScopeType.ALL);
        boolean onlyUsed = Boolean.TRUE.equals(request.onlyAttached()) || request.policyUsageFilter() != null;
        return policy -> (scope == PolicyScopeType.ALL || (scope == PolicyScopeType.AWS) == policy.isAwsManaged())
                && (!onlyUsed
                        || entities.grants().anyMatch(using(policy.entity().arn(), request.policyUsageFilter())))
                && Rendering.inPath(policy.entity(), request.pathPrefix());
    }

    private void delete(DeletePolicyRequest request) {
        entities.remove(Kind.POLICY, request.policyArn(), policy -> {
            requireOwn(policy);
            if (entities.lingers("policy", () -> entities.grants().anyMatch(using(request.policyArn(), null)))) {
                throw Entities.deleteConflict("Cannot delete a policy attached to entities.");
            }
            refuseIf(
                    policy.versions().size() > 1,
                    () -> Entities.deleteConflict(
                            "This policy has more than one version. Before you delete a policy, you must delete the"
                                    + " policy's versions. The default version is deleted with the policy."));
        });
    }

    /** All on one page: there are few, and two lists would have to share a page. */
    private ListEntitiesForPolicyResponse listEntities(ListEntitiesForPolicyRequest request) {
        entities.get(Kind.POLICY, request.policyArn());
        return ListEntitiesForPolicyResponse.builder()
                .policyGroups(List.of())
                .policyRoles(using(Kind.ROLE, EntityType.ROLE, request).stream()
                        .map(role -> Rendering.entity(Kind.ROLE, role.entity(), PolicyRole.builder())
                                .build())
                        .toList())
                .policyUsers(using(Kind.USER, EntityType.USER, request).stream()
                        .map(user -> Rendering.entity(Kind.USER, user.entity(), PolicyUser.builder())
                                .build())
                        .toList())
                .isTruncated(false)
                .build();
    }

    private <R extends Identity<R>> List<R> using(Kind<R> kind, EntityType type, ListEntitiesForPolicyRequest request) {
        if (request.entityFilter() != null && request.entityFilter() != type) {
            return List.of();
        }
        return entities.all(kind).list().stream()
                .filter(identity ->
                        using(request.policyArn(), request.policyUsageFilter()).test(identity.grants()))
                .filter(identity -> Rendering.inPath(identity.entity(), request.pathPrefix()))
                .toList();
    }

    /**
     * Whether grants use this policy.
     *
     * @param use as what; null for whatever
     */
    private static Predicate<Grants> using(String policyArn, @Nullable PolicyUsageType use) {
        return grants -> (use != PolicyUsageType.PERMISSIONS_BOUNDARY
                        && grants.attached().contains(policyArn))
                || (use != PolicyUsageType.PERMISSIONS_POLICY && policyArn.equals(grants.boundary()));
    }

    /** @throws ServiceError if it is too long, or no policy */
    static PolicyDocument document(String text) {
        refuseIf(
                sizeOf(text) > MAXIMUM_SIZE,
                () -> Entities.limitExceeded("Cannot exceed quota for PolicySize: " + MAXIMUM_SIZE));
        return PolicyDocument.parse(text, PolicyDocument.Kind.IDENTITY);
    }

    /** The length that IAM's quotas count: white space is free. */
    static long sizeOf(String document) {
        return document.chars()
                .filter(character -> !Character.isWhitespace(character))
                .count();
    }

    /** AWS's own policies cannot be changed. */
    static void requireOwn(Resource<?> resource) {
        if (resource instanceof PolicyEntity policy && policy.isAwsManaged()) {
            throw ServiceError.badRequest("InvalidInput", "Policy is outside your own account.");
        }
    }

    /** A policy as lists show it: without description and tags. */
    private Policy.Builder brief(PolicyEntity policy) {
        String arn = policy.entity().arn();
        return Rendering.entity(Kind.POLICY, policy.entity(), Policy.builder())
                .defaultVersionId(PolicyVersions.id(policy.defaultVersion()))
                .attachmentCount(uses(arn, PolicyUsageType.PERMISSIONS_POLICY))
                .permissionsBoundaryUsageCount(uses(arn, PolicyUsageType.PERMISSIONS_BOUNDARY))
                .isAttachable(true)
                .updateDate(policy.updated());
    }

    private int uses(String policyArn, PolicyUsageType use) {
        return Math.toIntExact(entities.grants().filter(using(policyArn, use)).count());
    }

    private Policy full(PolicyEntity policy) {
        return brief(policy)
                .description(policy.description().isEmpty() ? null : policy.description())
                .tags(Rendering.tags(policy.entity().tags()))
                .build();
    }
}
