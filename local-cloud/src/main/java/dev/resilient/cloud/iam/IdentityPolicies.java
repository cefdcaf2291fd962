package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.PolicyDocument;
import dev.resilient.wire.OperationRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;

/** What users, groups and roles may do: policies attached to them and written into them, and the boundary of it all. */
final class IdentityPolicies {
    private static final int MAXIMUM_ATTACHED = 10;
    private static final Map<Kind<?>, Integer> MAXIMUM_INLINE_SIZE =
            Map.of(Kind.USER, 2048, Kind.GROUP, 5120, Kind.ROLE, 10_240);
    private final Entities entities;

    IdentityPolicies(Entities entities) {
        this.entities = entities;
    }

    void register(OperationRegistry operations) {
        registerUsers(new Registrar<>(operations, entities, Kind.USER));
        registerGroups(new Registrar<>(operations, entities, Kind.GROUP));
        registerRoles(new Registrar<>(operations, entities, Kind.ROLE));
    }

    private void registerUsers(Registrar<UserEntity> on) {
        Kind<UserEntity> kind = on.kind();
        on.act(
                PutUserPolicyRequest.class,
                PutUserPolicyRequest::userName,
                request -> put(kind, request.userName(), request.policyName(), request.policyDocument()));
        on.answer(GetUserPolicyRequest.class, GetUserPolicyRequest::userName, request -> GetUserPolicyResponse.builder()
                .userName(request.userName())
                .policyName(request.policyName())
                .policyDocument(get(kind, request.userName(), request.policyName()))
                .build());
        on.act(
                DeleteUserPolicyRequest.class,
                DeleteUserPolicyRequest::userName,
                request -> delete(kind, request.userName(), request.policyName()));
        on.answer(ListUserPoliciesRequest.class, ListUserPoliciesRequest::userName, request -> {
            Page<String> page = list(kind, request.userName(), request.marker(), request.maxItems());
            return Rendering.paged(page, ListUserPoliciesResponse.builder().policyNames(page.items()));
        });
        on.actAsking(
                AttachUserPolicyRequest.class,
                request -> List.of(on.on(request.userName(), Map.of("iam:PolicyARN", request.policyArn()))),
                request -> attach(kind, request.userName(), request.policyArn()));
        on.actAsking(
                DetachUserPolicyRequest.class,
                request -> List.of(on.on(request.userName(), Map.of("iam:PolicyARN", request.policyArn()))),
                request -> detach(kind, request.userName(), request.policyArn()));
        on.answer(ListAttachedUserPoliciesRequest.class, ListAttachedUserPoliciesRequest::userName, request -> {
            Page<AttachedPolicy> page = Rendering.page(
                    attached(kind, request.userName(), request.pathPrefix()),
                    AttachedPolicy::policyArn,
                    request.marker(),
                    request.maxItems());
            return Rendering.paged(
                    page, ListAttachedUserPoliciesResponse.builder().attachedPolicies(page.items()));
        });
        on.actAsking(
                PutUserPermissionsBoundaryRequest.class,
                request -> List.of(on.on(request.userName(), Registrar.boundary(request.permissionsBoundary()))),
                request -> bound(kind, request.userName(), request.permissionsBoundary()));
        on.act(
                DeleteUserPermissionsBoundaryRequest.class,
                DeleteUserPermissionsBoundaryRequest::userName,
                request -> bound(kind, request.userName(), null));
    }

    private void registerGroups(Registrar<GroupEntity> on) {
        Kind<GroupEntity> kind = on.kind();
        on.act(
                PutGroupPolicyRequest.class,
                PutGroupPolicyRequest::groupName,
                request -> put(kind, request.groupName(), request.policyName(), request.policyDocument()));
        on.answer(
                GetGroupPolicyRequest.class,
                GetGroupPolicyRequest::groupName,
                request -> GetGroupPolicyResponse.builder()
                        .groupName(request.groupName())
                        .policyName(request.policyName())
                        .policyDocument(get(kind, request.groupName(), request.policyName()))
                        .build());
        on.act(
                DeleteGroupPolicyRequest.class,
                DeleteGroupPolicyRequest::groupName,
                request -> delete(kind, request.groupName(), request.policyName()));
        on.answer(ListGroupPoliciesRequest.class, ListGroupPoliciesRequest::groupName, request -> {
            Page<String> page = list(kind, request.groupName(), request.marker(), request.maxItems());
            return Rendering.paged(page, ListGroupPoliciesResponse.builder().policyNames(page.items()));
        });
        on.actAsking(
                AttachGroupPolicyRequest.class,
                request -> List.of(on.on(request.groupName(), Map.of("iam:PolicyARN", request.policyArn()))),
                request -> attach(kind, request.groupName(), request.policyArn()));
        on.actAsking(
                DetachGroupPolicyRequest.class,
                request -> List.of(on.on(request.groupName(), Map.of("iam:PolicyARN", request.policyArn()))),
                request -> detach(kind, request.groupName(), request.policyArn()));
        on.answer(ListAttachedGroupPoliciesRequest.class, ListAttachedGroupPoliciesRequest::groupName, request -> {
            Page<AttachedPolicy> page = Rendering.page(
                    attached(kind, request.groupName(), request.pathPrefix()),
                    AttachedPolicy::policyArn,
                    request.marker(),
                    request.maxItems());
            return Rendering.paged(
                    page, ListAttachedGroupPoliciesResponse.builder().attachedPolicies(page.items()));
        });
    }

    private void registerRoles(Registrar<RoleEntity> on) {
        Kind<RoleEntity> kind = on.kind();
        on.act(
                PutRolePolicyRequest.class,
                PutRolePolicyRequest::roleName,
                request -> put(kind, request.roleName(), request.policyName(), request.policyDocument()));
        on.answer(GetRolePolicyRequest.class, GetRolePolicyRequest::roleName, request -> GetRolePolicyResponse.builder()
                .roleName(request.roleName())
                .policyName(request.policyName())
                .policyDocument(get(kind, request.roleName(), request.policyName()))
                .build());
        on.act(
                DeleteRolePolicyRequest.class,
                DeleteRolePolicyRequest::roleName,
                request -> delete(kind, request.roleName(), request.policyName()));
        on.answer(ListRolePoliciesRequest.class, ListRolePoliciesRequest::roleName, request -> {
            Page<String> page = list(kind, request.roleName(), request.marker(), request.maxItems());
            return Rendering.paged(page, ListRolePoliciesResponse.builder().policyNames(page.items()));
        });
        on.actAsking(
                AttachRolePolicyRequest.class,
                request -> List.of(on.on(request.roleName(), Map.of("iam:PolicyARN", request.policyArn()))),
                request -> attach(kind, request.roleName(), request.policyArn()));
        on.actAsking(
                DetachRolePolicyRequest.class,
                request -> List.of(on.on(request.roleName(), Map.of("iam:PolicyARN", request.policyArn()))),
                request -> detach(kind, request.roleName(), request.policyArn()));
        on.answer(ListAttachedRolePoliciesRequest.class, ListAttachedRolePoliciesRequest::roleName, request -> {
            Page<AttachedPolicy> page = Rendering.page(
                    attached(kind, request.roleName(), request.pathPrefix()),
                    AttachedPolicy::policyArn,
                    request.marker(),
                    request.maxItems());
            return Rendering.paged(
                    page, ListAttachedRolePoliciesResponse.builder().attachedPolicies(page.items()));
        });
        on.actAsking(
                PutRolePermissionsBoundaryRequest.class,
                request -> List.of(on.on(request.roleName(), Registrar.boundary(request.permissionsBoundary()))),
                request -> bound(kind, request.roleName(), request.permissionsBoundary()));
        on.act(
                DeleteRolePermissionsBoundaryRequest.class,
                DeleteRolePermissionsBoundaryRequest::roleName,
                request -> bound(kind, request.roleName(), null));
    }

    private <R extends Identity<R>> void attach(Kind<R> kind, String name, String policyArn) {
        entities.change(kind, name, identity -> {
            requireAttachable("Policy ", policyArn);
            Grants changed = identity.grants().changeAttached(attached -> attached.add(policyArn));
            if (changed.attached().size() > MAXIMUM_ATTACHED) {
                throw Entities.limitExceeded(
                        "Cannot exceed quota for PoliciesPer" + kind.title() + ": " + MAXIMUM_ATTACHED);
            }
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

    private <R extends Identity<R>> List<AttachedPolicy> attached(
            Kind<R> kind, String name, @Nullable String pathPrefix) {
        return entities.get(kind, name).grants().attached().stream()
                .flatMap(arn -> entities.find(Kind.POLICY, arn).stream())
                .map(PolicyEntity::entity)
                .filter(policy -> Rendering.inPath(policy, pathPrefix))
                .map(policy -> AttachedPolicy.builder()
                        .policyName(policy.name())
                        .policyArn(policy.arn())
                        .build())
                .toList();
    }

    private <R extends Identity<R>> void put(Kind<R> kind, String name, String policyName, String text) {
        entities.change(kind, name, identity -> {
            PolicyDocument policy = PolicyDocument.parse(text, PolicyDocument.Kind.IDENTITY);
            Grants changed = identity.grants().changeInline(inline -> inline.put(policyName, policy));
            int limit = MAXIMUM_INLINE_SIZE.getOrDefault(kind, 0);
            long size = changed.inline().values().stream()
                    .mapToLong(each -> Policies.sizeOf(each.text()))
                    .sum();
            if (size > limit) {
                throw Entities.limitExceeded(
                        "Maximum policy size of " + limit + " bytes exceeded for " + kind.resource() + " " + name);
            }
            return identity.with(changed);
        });
    }

    private <R extends Identity<R>> String get(Kind<R> kind, String name, String policyName) {
        PolicyDocument policy = entities.get(kind, name).grants().inline().get(policyName);
        if (policy == null) {
            throw Entities.noSuchEntity(
                    "The " + kind.resource() + " policy with name " + policyName + " cannot be found.");
        }
        return Rendering.urlEncoded(policy);
    }

    private <R extends Identity<R>> void delete(Kind<R> kind, String name, String policyName) {
        entities.change(kind, name, identity -> {
            get(kind, name, policyName);
            return identity.with(identity.grants().changeInline(inline -> inline.remove(policyName)));
        });
    }

    private <R extends Identity<R>> Page<String> list(
            Kind<R> kind, String name, @Nullable String marker, @Nullable Integer maxItems) {
        List<String> names =
                List.copyOf(entities.get(kind, name).grants().inline().keySet());
        return Rendering.page(names, policyName -> policyName, marker, maxItems);
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
        if (entities.find(Kind.POLICY, policyArn).isEmpty()) {
            throw Entities.noSuchEntity(called + policyArn + " does not exist or is not attachable.");
        }
    }
}
