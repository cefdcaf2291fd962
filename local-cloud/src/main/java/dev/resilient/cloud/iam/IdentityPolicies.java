package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Shapes;
import dev.resilient.cloud.identity.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** What users and roles may do: policies attached to them and written into them, and the boundary of it all. */
record IdentityPolicies(Entities entities) {
    private static final int MAXIMUM_ATTACHED = 10;
    private static final Map<Kind, Integer> MAXIMUM_INLINE_SIZE = Map.of(Kind.USER, 2048, Kind.ROLE, 10_240);

    void register(Registrar users, Registrar roles) {
        users.change(AttachUserPolicyRequest.class, users.namingPolicy(), this::attach);
        users.change(DetachUserPolicyRequest.class, users.namingPolicy(), IdentityPolicies::detach);
        users.answer(
                ListAttachedUserPoliciesRequest.class,
                request -> attached(Kind.USER, request, ListAttachedUserPoliciesResponse.builder()));
        users.change(PutUserPolicyRequest.class, IdentityPolicies::put);
        users.answer(GetUserPolicyRequest.class, request -> get(Kind.USER, request, GetUserPolicyResponse.builder()));
        users.change(DeleteUserPolicyRequest.class, IdentityPolicies::delete);
        users.answer(
                ListUserPoliciesRequest.class, request -> list(Kind.USER, request, ListUserPoliciesResponse.builder()));
        users.change(PutUserPermissionsBoundaryRequest.class, users.namingBoundary(), this::bounded);
        users.change(DeleteUserPermissionsBoundaryRequest.class, (user, _) -> user.within(null));

        roles.change(AttachRolePolicyRequest.class, roles.namingPolicy(), this::attach);
        roles.change(DetachRolePolicyRequest.class, roles.namingPolicy(), IdentityPolicies::detach);
        roles.answer(
                ListAttachedRolePoliciesRequest.class,
                request -> attached(Kind.ROLE, request, ListAttachedRolePoliciesResponse.builder()));
        roles.change(PutRolePolicyRequest.class, IdentityPolicies::put);
        roles.answer(GetRolePolicyRequest.class, request -> get(Kind.ROLE, request, GetRolePolicyResponse.builder()));
        roles.change(DeleteRolePolicyRequest.class, IdentityPolicies::delete);
        roles.answer(
                ListRolePoliciesRequest.class, request -> list(Kind.ROLE, request, ListRolePoliciesResponse.builder()));
        roles.change(PutRolePermissionsBoundaryRequest.class, roles.namingBoundary(), this::bounded);
        roles.change(DeleteRolePermissionsBoundaryRequest.class, (role, _) -> role.within(null));
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

    private <O, B extends SdkBuilder<B, O> & SdkPojo> O attached(Kind kind, IamRequest request, B response) {
        List<Entity> attached = entities.get(kind, kind.in(request)).attached().stream()
                .flatMap(arn -> entities.find(Kind.POLICY, arn).stream())
                .filter(policy -> Registrar.inPath(policy, request))
                .toList();
        return Registrar.page(request, response, attached, Entity::arn, policy -> AttachedPolicy.builder()
                .policyName(policy.name())
                .policyArn(policy.arn())
                .build());
    }

    private static Entity put(Entity identity, IamRequest request) {
        PolicyDocument policy = PolicyDocument.parse(text(request, "PolicyDocument"), PolicyDocument.Kind.IDENTITY);
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

    private <O, B extends SdkBuilder<B, O> & SdkPojo> O get(Kind kind, IamRequest request, B response) {
        PolicyDocument policy = inline(entities.get(kind, kind.in(request)), text(request, "PolicyName"));
        Shapes.set(Shapes.copy(request, response), "PolicyDocument", Policies.urlEncoded(policy));
        return response.build();
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

    private <O, B extends SdkBuilder<B, O> & SdkPojo> O list(Kind kind, IamRequest request, B response) {
        List<String> names =
                List.copyOf(entities.get(kind, kind.in(request)).inline().keySet());
        return Registrar.page(request, response, names, name -> name, name -> name);
    }

    /** A user or role within the boundary that a request names, if it does. */
    Entity bounded(Entity identity, IamRequest request) {
        return Shapes.member(request, "PermissionsBoundary", String.class)
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
        return Shapes.member(request, member, String.class).orElseThrow();
    }
}
