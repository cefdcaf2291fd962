package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.List;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** The role that instances take. */
final class AccessRole extends AccessPart<Role> {
    private static final String GUARD = "resilient-guard";

    AccessRole(Environment environment, String name) {
        super(environment, "role", name);
    }

    void attach(AccessPolicy policy) {
        eventually(
                "the policy can be attached",
                () -> iam.attachRolePolicy(request -> request.roleName(name).policyArn(policy.arn())));
    }

    /** A deployment may get a guard later, and lose it again; so its permissions are not in the policy, which is never changed. */
    void permitGuard(String document) {
        eventually(
                "the guard can be permitted",
                () -> iam.putRolePolicy(
                        request -> request.roleName(name).policyName(GUARD).policyDocument(document)));
    }

    void forbidGuard() {
        deleteInline(GUARD);
    }

    @Override
    Role get() {
        return iam.getRole(request -> request.roleName(name)).role();
    }

    @Override
    List<Tag> tags(Role found) {
        return found.tags();
    }

    @Override
    void make(List<Tag> tags) {
        iam.createRole(request -> request.roleName(name)
                .assumeRolePolicyDocument(PolicyDocuments.trustOfInstances(
                        PartitionMetadata.of(environment.deployment().region()).dnsSuffix()))
                .tags(tags));
    }

    @Override
    void remove() {
        for (AttachedPolicy attached : iam.listAttachedRolePoliciesPaginator(request -> request.roleName(name))
                .attachedPolicies()) {
            ifThere(() -> iam.detachRolePolicy(request -> request.roleName(name).policyArn(attached.policyArn())));
        }
        iam.listRolePoliciesPaginator(request -> request.roleName(name))
                .policyNames()
                .forEach(this::deleteInline);
        iam.deleteRole(request -> request.roleName(name));
    }

    private void deleteInline(String policy) {
        ifThere(() -> iam.deleteRolePolicy(request -> request.roleName(name).policyName(policy)));
    }
}
