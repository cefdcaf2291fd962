package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.policy.PolicyDocument;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/** Managed policies: the account's own, and AWS's, which nobody can change. Each has one version. */
record Policies(Entities entities) {
    private static final int MAXIMUM_SIZE = 6144;

    void register(Registrar policies) {
        policies.create(CreatePolicyRequest.class, this::made);
        policies.get(GetPolicyRequest.class);
        policies.list(ListPoliciesRequest.class, this::isListed);
        policies.delete(DeletePolicyRequest.class, this::checkUnused);
        policies.answer(ListEntitiesForPolicyRequest.class, this::listEntities);
        policies.answer(GetPolicyVersionRequest.class, Policies::version);
        policies.list(
                ListPolicyVersionsRequest.class,
                (policy, _) -> List.of(version(policy).build()),
                PolicyVersion::versionId);
    }

    private Entity made(Entity policy, CreatePolicyRequest request) {
        refuseIf(
                sizeOf(request.policyDocument()) > MAXIMUM_SIZE,
                () -> Entities.limitExceeded("Cannot exceed quota for PolicySize: " + MAXIMUM_SIZE));
        PolicyDocument document = PolicyTexts.honoured(request.policyDocument(), PolicyDocument.Kind.IDENTITY);
        return policy.with(document)
                .with("DefaultVersionId", "v1")
                .with("IsAttachable", true)
                .with("UpdateDate", entities.now())
                .with("Description", "".equals(request.description()) ? null : request.description());
    }

    /** A policy as it is shown: with how often it is used now. */
    SdkPojo shown(Entity policy) {
        return Members.with(
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
    private void listEntities(Entity policy, ListEntitiesForPolicyRequest request, SdkPojo response) {
        List<PolicyRole> roles = using(policy, Kind.ROLE, request)
                .map(role -> Members.copy(role.shape(), PolicyRole.builder()).build())
                .toList();
        List<PolicyUser> users = using(policy, Kind.USER, request)
                .map(user -> Members.copy(user.shape(), PolicyUser.builder()).build())
                .toList();
        Members.set(response, "PolicyGroups", List.of());
        Members.set(response, "PolicyRoles", roles);
        Members.set(response, "PolicyUsers", users);
        Members.set(response, "IsTruncated", false);
    }

    private Stream<Entity> using(Entity policy, Kind kind, ListEntitiesForPolicyRequest request) {
        String filter = request.entityFilterAsString();
        return entities.all(kind).list().stream()
                .filter(_ -> filter == null || filter.equals(kind.title()))
                .filter(using(policy.arn(), request.policyUsageFilter()))
                .filter(identity -> Registrar.inPath(identity, request));
    }

    private static void version(Entity policy, GetPolicyVersionRequest request, SdkPojo response) {
        refuseIf(
                !policy.text("DefaultVersionId").equals(request.versionId()),
                () -> Entities.noSuchEntity("Policy " + policy.arn() + " version " + request.versionId()
                        + " does not exist or is not attachable."));
        String document = urlEncoded(policy.document().orElseThrow());
        Members.set(
                response, "PolicyVersion", version(policy).document(document).build());
    }

    private static PolicyVersion.Builder version(Entity policy) {
        return Members.copy(policy.shape(), PolicyVersion.builder())
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
