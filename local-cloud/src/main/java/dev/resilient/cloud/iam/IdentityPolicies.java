package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    private static final Map<Kind<?>, Integer> MAXIMUM_INLINE_SIZE = Map.of(Kind.USER, 2048, Kind.ROLE, 10_240);

    void register(OperationRegistry operations) {
        var users = new Registrar<>(operations, entities, Kind.USER);
        users.act(PutUserPolicyRequest.class, request -> put(Kind.USER, request, request.policyDocument()));
        users.answer(GetUserPolicyRequest.class, request -> GetUserPolicyResponse.builder()
                .userName(request.userName())
                .policyName(request.policyName())
                .policyDocument(get(Kind.USER, request))
                .build());
        users.act(DeleteUserPolicyRequest.class, request -> delete(Kind.USER, request));
        users.answer(
                ListUserPoliciesRequest.class, request -> list(Kind.USER, request, ListUserPoliciesResponse.builder()));
        users.answer(
                ListAttachedUserPoliciesRequest.class,
                request -> listAttached(Kind.USER, request, ListAttachedUserPoliciesResponse.builder()));
        register(
                users,
                AttachUserPolicyRequest.class,
                DetachUserPolicyRequest.class,
                PutUserPermissionsBoundaryRequest.class,
                DeleteUserPermissionsBoundaryRequest.class);
        var roles = new Registrar<>(operations, entities, Kind.ROLE);
        roles.act(PutRolePolicyRequest.class, request -> put(Kind.ROLE, request, request.policyDocument()));
        roles.answer(GetRolePolicyRequest.class, request -> GetRolePolicyResponse.builder()
                .roleName(request.roleName())
                .policyName(request.policyName())
                .policyDocument(get(Kind.ROLE, request))
                .build());
        roles.act(DeleteRolePolicyRequest.class, request -> delete(Kind.ROLE, request));
        roles.answer(
                ListRolePoliciesRequest.class, request -> list(Kind.ROLE, request, ListRolePoliciesResponse.builder()));
        roles.answer(
                ListAttachedRolePoliciesRequest.class,
                request -> listAttached(Kind.ROLE, request, ListAttachedRolePoliciesResponse.builder()));
        register(
                roles,
                AttachRolePolicyRequest.class,
                DetachRolePolicyRequest.class,
                PutRolePermissionsBoundaryRequest.class,
                DeleteRolePermissionsBoundaryRequest.class);
    }

    private <R extends Identity<R>> void register(
            Registrar<R> on,
            Class<? extends IamRequest> attach,
            Class<? extends IamRequest> detach,
            Class<? extends IamRequest> bound,
            Class<? extends IamRequest> unbound) {
        Kind<R> kind = on.kind();
        Access<IamRequest> naming = on.naming("iam:PolicyARN", "PolicyArn");
        on.operations().act(attach, naming, request -> attach(kind, kind.in(request), text(request, "PolicyArn")));
        on.operations().act(detach, naming, request -> detach(kind, kind.in(request), text(request, "PolicyArn")));
        on.operations()
                .act(
                        bound,
                        on.naming(Registrar.BOUNDARY, "PermissionsBoundary"),
                        request -> bound(kind, kind.in(request), text(request, "PermissionsBoundary")));
        on.act(unbound, request -> bound(kind, kind.in(request), null));
    }

    private static String text(IamRequest request, String member) {
        return request.getValueForField(member, String.class).orElseThrow();
    }

    private <R extends Identity<R>> void attach(Kind<R> kind, String name, String policyArn) {
        entities.change(kind, name, identity -> {
            requireAttachable("Policy ", policyArn);
            Grants changed = identity.grants().changeAttached(attached -> attached.add(policyArn));
            refuseIf(
                    changed.attached().size() > MAXIMUM_ATTACHED,
                    () -> Entities.limitExceeded(
                            "Cannot exceed quota for PoliciesPer" + kind.title() + ": " + MAXIMUM_ATTACHED));
            return identity.with(changed);
        });
    }

    private <R extends Identity<R>> void detach(Kind<R> kind, String name, String policyArn) {
        entities.change(kind, name, identity -> {
            if (!identity.grants().attached().contains(policyArn)) {
                throw Kind.POLICY.missing(policyArn);
            }
            return identity.with(identity.grants().changeAttached(attached -> attached.remove(policyArn)));
        });
    }

    private <R extends Identity<R>, O, B extends SdkBuilder<B, O> & SdkPojo> O listAttached(
            Kind<R> kind, IamRequest request, B response) {
        String path = request.getValueForField("PathPrefix", String.class).orElse(null);
        List<Entity> attached = entities.get(kind, kind.in(request)).grants().attached().stream()
                .flatMap(arn -> entities.find(Kind.POLICY, arn).stream())
                .map(PolicyEntity::entity)
                .filter(policy -> Rendering.inPath(policy, path))
                .toList();
        return Rendering.page(request, response, attached, Entity::arn, policy -> AttachedPolicy.builder()
                .policyName(policy.name())
                .policyArn(policy.arn())
                .build());
    }

    private <R extends Identity<R>> void put(Kind<R> kind, IamRequest request, String text) {
        String name = kind.in(request);
        entities.change(kind, name, identity -> {
            PolicyDocument policy = PolicyDocument.parse(text, PolicyDocument.Kind.IDENTITY);
            Grants changed = identity.grants().changeInline(inline -> inline.put(text(request, "PolicyName"), policy));
            int limit = MAXIMUM_INLINE_SIZE.getOrDefault(kind, 0);
            long size = changed.inline().values().stream()
                    .mapToLong(each -> Policies.sizeOf(each.text()))
                    .sum();
            refuseIf(
                    size > limit,
                    () -> Entities.limitExceeded(
                            "Maximum policy size of " + limit + " bytes exceeded for " + kind.resource() + " " + name));
            return identity.with(changed);
        });
    }

    private <R extends Identity<R>> String get(Kind<R> kind, IamRequest request) {
        String policyName = text(request, "PolicyName");
        PolicyDocument policy =
                entities.get(kind, kind.in(request)).grants().inline().get(policyName);
        if (policy == null) {
            throw Entities.noSuchEntity(
                    "The " + kind.resource() + " policy with name " + policyName + " cannot be found.");
        }
        return Rendering.urlEncoded(policy);
    }

    private <R extends Identity<R>> void delete(Kind<R> kind, IamRequest request) {
        entities.change(kind, kind.in(request), identity -> {
            get(kind, request);
            return identity.with(identity.grants().changeInline(inline -> inline.remove(text(request, "PolicyName"))));
        });
    }

    private <R extends Identity<R>, O, B extends SdkBuilder<B, O> & SdkPojo> O list(
            Kind<R> kind, IamRequest request, B response) {
        List<String> names = List.copyOf(
                entities.get(kind, kind.in(request)).grants().inline().keySet());
        return Rendering.page(request, response, names, name -> name, name -> name);
    }

    /** The first grants of an identity: nothing, within a boundary. */
    Grants boundary(@Nullable String policyArn) {
        if (policyArn != null) {
            requireAttachable("Scope ARN: ", policyArn);
        }
        return Grants.NONE.within(policyArn);
    }

    private <R extends Identity<R>> void bound(Kind<R> kind, String name, @Nullable String policyArn) {
        Grants bounded = boundary(policyArn);
        entities.change(kind, name, identity -> identity.with(identity.grants().within(bounded.boundary())));
    }

    private void requireAttachable(String called, String policyArn) {
        refuseIf(
                entities.find(Kind.POLICY, policyArn).isEmpty(),
                () -> Entities.noSuchEntity(called + policyArn + " does not exist or is not attachable."));
    }
}
