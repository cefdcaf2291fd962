package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Shapes;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.wire.ServiceError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/** Managed policies: the account's own, and AWS's, which nobody can change. Each has one version. */
record Policies(Entities entities) {
    private static final int MAXIMUM_SIZE = 6144;

    void register(Registrar policies) {
        policies.create(CreatePolicyRequest.class, CreatePolicyResponse::builder, this::made);
        policies.get(GetPolicyRequest.class, GetPolicyResponse::builder);
        policies.list(ListPoliciesRequest.class, ListPoliciesResponse::builder, this::isListed);
        policies.delete(DeletePolicyRequest.class, this::checkUnused);
        policies.answer(ListEntitiesForPolicyRequest.class, this::listEntities);
        policies.answer(GetPolicyVersionRequest.class, this::version);
        policies.answer(ListPolicyVersionsRequest.class, this::versions);
    }

    private Entity made(Entity policy, CreatePolicyRequest request) {
        refuseIf(
                sizeOf(request.policyDocument()) > MAXIMUM_SIZE,
                () -> Entities.limitExceeded("Cannot exceed quota for PolicySize: " + MAXIMUM_SIZE));
        PolicyDocument document = PolicyDocument.parse(request.policyDocument(), PolicyDocument.Kind.IDENTITY);
        return policy.with(document)
                .with("DefaultVersionId", "v1")
                .with("IsAttachable", true)
                .with("UpdateDate", entities.now())
                .with("Description", "".equals(request.description()) ? null : request.description());
    }

    /** A policy as it is shown: with how often it is used now. */
    SdkPojo shown(Entity policy) {
        return Shapes.with(
                policy.shape(),
                Map.of(
                        "AttachmentCount", uses(policy, PolicyUsageType.PERMISSIONS_POLICY),
                        "PermissionsBoundaryUsageCount", uses(policy, PolicyUsageType.PERMISSIONS_BOUNDARY)));
    }

    private int uses(Entity policy, PolicyUsageType use) {
        return Math.toIntExact(
                entities.identities().filter(using(policy.arn(), use)).count());
    }

    /**
     * Whether a user or role uses this policy.
     *
     * @param use as what; null for whatever
     */
    private static Predicate<Entity> using(String policyArn, @Nullable PolicyUsageType use) {
        return identity -> (use != PolicyUsageType.PERMISSIONS_BOUNDARY
                        && identity.attached().contains(policyArn))
                || (use != PolicyUsageType.PERMISSIONS_POLICY
                        && identity.boundary().filter(policyArn::equals).isPresent());
    }

    private boolean isListed(ListPoliciesRequest request, Entity policy) {
        PolicyScopeType scope = Objects.requireNonNullElse(request.scope(), PolicyScopeType.ALL);
        boolean onlyUsed = Boolean.TRUE.equals(request.onlyAttached()) || request.policyUsageFilter() != null;
        return (scope == PolicyScopeType.ALL || (scope == PolicyScopeType.AWS) == policy.isOfAws())
                && (!onlyUsed || entities.identities().anyMatch(using(policy.arn(), request.policyUsageFilter())));
    }

    private void checkUnused(Entity policy) {
        requireOwn(policy);
        refuseIf(
                entities.lingers("policy", () -> entities.identities().anyMatch(using(policy.arn(), null))),
                () -> Entities.deleteConflict("Cannot delete a policy attached to entities."));
    }

    /** All on one page: there are few, and two lists would have to share a page. */
    private ListEntitiesForPolicyResponse listEntities(ListEntitiesForPolicyRequest request) {
        entities.get(Kind.POLICY, request.policyArn());
        return ListEntitiesForPolicyResponse.builder()
                .policyGroups(List.of())
                .policyRoles(using(Kind.ROLE, EntityType.ROLE, request).stream()
                        .map(role ->
                                Shapes.copy(role.shape(), PolicyRole.builder()).build())
                        .toList())
                .policyUsers(using(Kind.USER, EntityType.USER, request).stream()
                        .map(user ->
                                Shapes.copy(user.shape(), PolicyUser.builder()).build())
                        .toList())
                .isTruncated(false)
                .build();
    }

    private List<Entity> using(Kind kind, EntityType type, ListEntitiesForPolicyRequest request) {
        return entities.all(kind).list().stream()
                .filter(_ -> request.entityFilter() == null || request.entityFilter() == type)
                .filter(using(request.policyArn(), request.policyUsageFilter()))
                .filter(identity -> Registrar.inPath(identity, request))
                .toList();
    }

    private GetPolicyVersionResponse version(GetPolicyVersionRequest request) {
        Entity policy = entities.get(Kind.POLICY, request.policyArn());
        refuseIf(
                !policy.text("DefaultVersionId").equals(request.versionId()),
                () -> Entities.noSuchEntity("Policy " + policy.arn() + " version " + request.versionId()
                        + " does not exist or is not attachable."));
        return GetPolicyVersionResponse.builder()
                .policyVersion(version(policy)
                        .document(urlEncoded(policy.document().orElseThrow()))
                        .build())
                .build();
    }

    private ListPolicyVersionsResponse versions(ListPolicyVersionsRequest request) {
        List<Entity> one = List.of(entities.get(Kind.POLICY, request.policyArn()));
        return Registrar.page(request, ListPolicyVersionsResponse.builder(), one, Entity::key, policy -> version(policy)
                .build());
    }

    private static PolicyVersion.Builder version(Entity policy) {
        return Shapes.copy(policy.shape(), PolicyVersion.builder())
                .versionId(policy.text("DefaultVersionId"))
                .isDefaultVersion(true);
    }

    /** The text of a policy, URL-encoded as RFC 3986 has it: IAM's responses carry policies only in this form. */
    static String urlEncoded(PolicyDocument policy) {
        return URLEncoder.encode(policy.text(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** The length that IAM's quotas count: white space is free. */
    static long sizeOf(String document) {
        return document.chars()
                .filter(character -> !Character.isWhitespace(character))
                .count();
    }

    /** AWS's own policies cannot be changed. */
    static void requireOwn(Entity entity) {
        refuseIf(
                entity.isOfAws(), () -> ServiceError.badRequest("InvalidInput", "Policy is outside your own account."));
    }
}
