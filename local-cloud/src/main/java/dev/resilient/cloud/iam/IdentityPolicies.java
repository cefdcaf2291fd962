package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.policy.PolicyDocument;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.IamRequest;

/** What users and roles may do: policies attached to them and written into them, and the boundary of it all. */
record IdentityPolicies(Entities entities) {
    private static final int MAXIMUM_ATTACHED = 10;
    private static final Map<Kind, Integer> MAXIMUM_INLINE_SIZE = Map.of(Kind.USER, 2048, Kind.ROLE, 10_240);

    void register(Registrar each) {
        each.change(each.of("Attach%sPolicy"), this::attach);
        each.change(each.of("Detach%sPolicy"), IdentityPolicies::detach);
        each.list(each.of("ListAttached%sPolicies"), this::attached, AttachedPolicy::policyArn);
        each.change(each.of("Put%sPolicy"), IdentityPolicies::put);
        each.answer(each.of("Get%sPolicy"), IdentityPolicies::get);
        each.change(each.of("Delete%sPolicy"), IdentityPolicies::delete);
        each.list(
                each.of("List%sPolicies"),
                (identity, _) -> List.copyOf(identity.inline().keySet()),
                name -> name);
        each.change(each.of("Put%sPermissionsBoundary"), this::bounded);
        each.change(each.of("Delete%sPermissionsBoundary"), (identity, _) -> identity.within(null));
    }

    private Entity attach(Entity identity, IamRequest request) {
        String arn = text(request, "PolicyArn");
        requireAttachable("Policy ", arn);
        Entity changed = identity.changeAttached(attached -> attached.add(arn));
        refuseIf(
                changed.attached().size() > MAXIMUM_ATTACHED,
                () -> Entities.limitExceeded(
                        "Cannot exceed quota for PoliciesPer" + identity.kind().title() + ": " + MAXIMUM_ATTACHED));
        return changed;
    }

    private static Entity detach(Entity identity, IamRequest request) {
        String arn = text(request, "PolicyArn");
        refuseIf(!identity.attached().contains(arn), () -> Kind.POLICY.missing(arn));
        return identity.changeAttached(attached -> attached.remove(arn));
    }

    private List<AttachedPolicy> attached(Entity identity, IamRequest request) {
        return identity.attached().stream()
                .flatMap(arn -> entities.find(Kind.POLICY, arn).stream())
                .filter(policy -> Registrar.inPath(policy, request))
                .map(policy -> AttachedPolicy.builder()
                        .policyName(policy.name())
                        .policyArn(policy.arn())
                        .build())
                .toList();
    }

    private static Entity put(Entity identity, IamRequest request) {
        PolicyDocument policy = PolicyTexts.honoured(text(request, "PolicyDocument"), PolicyDocument.Kind.IDENTITY);
        Entity changed = identity.changeInline(inline -> inline.put(text(request, "PolicyName"), policy));
        int limit = MAXIMUM_INLINE_SIZE.getOrDefault(identity.kind(), 0);
        long size = changed.inline().values().stream()
                .mapToLong(each -> Policies.sizeOf(each.text()))
                .sum();
        refuseIf(
                size > limit,
                () -> Entities.limitExceeded("Maximum policy size of " + limit + " bytes exceeded for "
                        + identity.kind().resource() + " " + identity.name()));
        return changed;
    }

    private static void get(Entity identity, IamRequest request, SdkPojo response) {
        PolicyDocument policy = inline(identity, text(request, "PolicyName"));
        Members.set(Members.copy(request, response), "PolicyDocument", Policies.urlEncoded(policy));
    }

    private static Entity delete(Entity identity, IamRequest request) {
        String name = text(request, "PolicyName");
        inline(identity, name);
        return identity.changeInline(inline -> inline.remove(name));
    }

    private static PolicyDocument inline(Entity identity, String policyName) {
        return Optional.ofNullable(identity.inline().get(policyName))
                .orElseThrow(() -> Entities.noSuchEntity(
                        "The " + identity.kind().resource() + " policy with name " + policyName + " cannot be found."));
    }

    /** A user or role within the boundary that a request names, if it does. */
    Entity bounded(Entity identity, IamRequest request) {
        return Members.get(request, "PermissionsBoundary", String.class)
                .map(arn -> {
                    requireAttachable("Scope ARN: ", arn);
                    return identity.within(arn);
                })
                .orElse(identity);
    }

    private void requireAttachable(String called, String policyArn) {
        refuseIf(
                entities.find(Kind.POLICY, policyArn).isEmpty(),
                () -> Entities.noSuchEntity(called + policyArn + " does not exist or is not attachable."));
    }

    /** Throws {@code DeleteConflict} while a user or role has policies. */
    static void requireNone(Entity identity) {
        refuseIf(
                !identity.attached().isEmpty(),
                () -> Entities.deleteConflict("Cannot delete entity, must detach all policies first."));
        refuseIf(
                !identity.inline().isEmpty(),
                () -> Entities.deleteConflict("Cannot delete entity, must delete policies first."));
    }

    private static String text(IamRequest request, String member) {
        return Members.get(request, member, String.class).orElseThrow();
    }
}
