package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.identity.PolicyDocument;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;

/** What roles may do: managed policies attached to them, and policies written into them. */
final class RolePolicies {
    private static final int MAXIMUM_ATTACHED = 10;
    private static final int MAXIMUM_INLINE_SIZE = 10_240;
    private final Entities entities;

    RolePolicies(Entities entities) {
        this.entities = entities;
    }

    AttachRolePolicyResponse attach(AttachRolePolicyRequest request) {
        return entities.exclusively(() -> {
            RoleEntity role = entities.role(request.roleName());
            String policy = request.policyArn();
            if (entities.policies().find(policy).isEmpty()) {
                throw Entities.noSuchEntity("Policy " + policy + " does not exist or is not attachable.");
            }
            RoleEntity changed = role.changeAttached(attached -> attached.add(policy));
            if (changed.attached().size() > MAXIMUM_ATTACHED) {
                throw Entities.limitExceeded("Cannot exceed quota for PoliciesPerRole: " + MAXIMUM_ATTACHED);
            }
            entities.roles().put(request.roleName(), changed);
            return AttachRolePolicyResponse.builder().build();
        });
    }

    DetachRolePolicyResponse detach(DetachRolePolicyRequest request) {
        return entities.exclusively(() -> {
            RoleEntity role = entities.role(request.roleName());
            String policy = request.policyArn();
            if (!role.attached().contains(policy)) {
                throw Entities.noSuchEntity("Policy " + policy + " was not found.");
            }
            entities.roles().put(request.roleName(), role.changeAttached(attached -> attached.remove(policy)));
            return DetachRolePolicyResponse.builder().build();
        });
    }

    ListAttachedRolePoliciesResponse listAttached(ListAttachedRolePoliciesRequest request) {
        List<AttachedPolicy> attached = entities.role(request.roleName()).attached().stream()
                .flatMap(arn -> entities.policies().find(arn).stream())
                .filter(policy -> Rendering.inPath(policy.entity(), request.pathPrefix()))
                .map(policy -> AttachedPolicy.builder()
                        .policyName(policy.entity().name())
                        .policyArn(policy.entity().arn())
                        .build())
                .toList();
        Page<AttachedPolicy> page =
                Rendering.page(attached, AttachedPolicy::policyArn, request.marker(), request.maxItems());
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    PutRolePolicyResponse put(PutRolePolicyRequest request) {
        return entities.exclusively(() -> {
            RoleEntity role = entities.role(request.roleName());
            PolicyDocument policy = PolicyDocument.parse(request.policyDocument(), PolicyDocument.Kind.IDENTITY);
            RoleEntity changed = role.changeInline(inline -> inline.put(request.policyName(), policy));
            long size = changed.inline().values().stream()
                    .mapToLong(each -> Policies.sizeOf(each.text()))
                    .sum();
            if (size > MAXIMUM_INLINE_SIZE) {
                throw Entities.limitExceeded("Maximum policy size of " + MAXIMUM_INLINE_SIZE
                        + " bytes exceeded for role " + request.roleName());
            }
            entities.roles().put(request.roleName(), changed);
            return PutRolePolicyResponse.builder().build();
        });
    }

    GetRolePolicyResponse get(GetRolePolicyRequest request) {
        PolicyDocument policy = inline(entities.role(request.roleName()), request.policyName());
        return GetRolePolicyResponse.builder()
                .roleName(request.roleName())
                .policyName(request.policyName())
                .policyDocument(Rendering.urlEncoded(policy))
                .build();
    }

    DeleteRolePolicyResponse delete(DeleteRolePolicyRequest request) {
        return entities.exclusively(() -> {
            RoleEntity role = entities.role(request.roleName());
            inline(role, request.policyName());
            entities.roles().put(request.roleName(), role.changeInline(inline -> inline.remove(request.policyName())));
            return DeleteRolePolicyResponse.builder().build();
        });
    }

    ListRolePoliciesResponse list(ListRolePoliciesRequest request) {
        Page<String> page = Rendering.page(
                List.copyOf(entities.role(request.roleName()).inline().keySet()),
                name -> name,
                request.marker(),
                request.maxItems());
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private static PolicyDocument inline(RoleEntity role, String policyName) {
        PolicyDocument policy = role.inline().get(policyName);
        if (policy == null) {
            throw Entities.noSuchEntity("The role policy with name " + policyName + " cannot be found.");
        }
        return policy;
    }
}
