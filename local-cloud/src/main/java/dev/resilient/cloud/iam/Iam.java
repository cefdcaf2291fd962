package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.identity.PrincipalDirectory;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.wire.Access;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Caller;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;

/** Identity and Access Management: what it supports is what it registers. Thread-safe. */
public final class Iam implements AwsService {
    private static final ServiceModel MODEL = new ServiceModel(
            "iam",
            "software.amazon.awssdk.services.iam.model",
            "2010-05-08",
            new ServiceModel.Protocol.Query("https://iam.amazonaws.com/doc/2010-05-08/"));
    private final Entities entities;
    private final AccountDirectory directory;

    /**
     * The account's entities; at first there are none but AWS's managed policies and its administrator, who has {@code AdministratorAccess}.
     *
     * @param administrator who holds the account's first key
     */
    public Iam(CloudContext cloud, Caller administrator) {
        entities = new Entities(cloud);
        directory = new AccountDirectory(entities, administrator);
    }

    /** The account's principals with their policies. */
    public PrincipalDirectory principals() {
        return directory;
    }

    /** The account's roles and instance profiles. */
    public RoleDirectory roles() {
        return directory;
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry operations) {
        registerRoles(operations, new Roles(entities));
        registerPolicies(operations, new Policies(entities));
        registerRolePolicies(operations, new RolePolicies(entities));
        registerInstanceProfiles(operations, new InstanceProfiles(entities));
    }

    private void registerRoles(OperationRegistry operations, Roles roles) {
        operations.register(
                CreateRoleRequest.class,
                Access.resource(request -> entities.arn(Entity.Kind.ROLE, request.path(), request.roleName())),
                (request, call) -> roles.create(request));
        operations.register(
                GetRoleRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> roles.get(request));
        operations.register(
                ListRolesRequest.class,
                Access.resource(request -> below(Entity.Kind.ROLE, request.pathPrefix())),
                (request, call) -> roles.list(request));
        operations.register(
                DeleteRoleRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> roles.delete(request));
        operations.register(
                UpdateAssumeRolePolicyRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> roles.updateTrust(request));
        operations.register(
                TagRoleRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> roles.tag(request));
        operations.register(
                ListRoleTagsRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> roles.listTags(request));
    }

    private void registerPolicies(OperationRegistry operations, Policies policies) {
        operations.register(
                CreatePolicyRequest.class,
                Access.resource(request -> entities.arn(Entity.Kind.POLICY, request.path(), request.policyName())),
                (request, call) -> policies.create(request));
        operations.register(
                GetPolicyRequest.class,
                Access.resource(GetPolicyRequest::policyArn),
                (request, call) -> policies.get(request));
        operations.register(
                GetPolicyVersionRequest.class,
                Access.resource(GetPolicyVersionRequest::policyArn),
                (request, call) -> policies.getVersion(request));
        operations.register(
                ListPoliciesRequest.class,
                Access.resource(request -> below(Entity.Kind.POLICY, request.pathPrefix())),
                (request, call) -> policies.list(request));
        operations.register(
                DeletePolicyRequest.class,
                Access.resource(DeletePolicyRequest::policyArn),
                (request, call) -> policies.delete(request));
        operations.register(
                ListEntitiesForPolicyRequest.class,
                Access.resource(ListEntitiesForPolicyRequest::policyArn),
                (request, call) -> policies.listEntities(request));
    }

    private void registerRolePolicies(OperationRegistry operations, RolePolicies policies) {
        operations.register(
                AttachRolePolicyRequest.class,
                request -> policyOfRole(request.roleName(), request.policyArn()),
                (request, call) -> policies.attach(request));
        operations.register(
                DetachRolePolicyRequest.class,
                request -> policyOfRole(request.roleName(), request.policyArn()),
                (request, call) -> policies.detach(request));
        operations.register(
                ListAttachedRolePoliciesRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> policies.listAttached(request));
        operations.register(
                PutRolePolicyRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> policies.put(request));
        operations.register(
                GetRolePolicyRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> policies.get(request));
        operations.register(
                DeleteRolePolicyRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> policies.delete(request));
        operations.register(
                ListRolePoliciesRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> policies.list(request));
    }

    private void registerInstanceProfiles(OperationRegistry operations, InstanceProfiles profiles) {
        operations.register(
                CreateInstanceProfileRequest.class,
                Access.resource(request ->
                        entities.arn(Entity.Kind.INSTANCE_PROFILE, request.path(), request.instanceProfileName())),
                (request, call) -> profiles.create(request));
        operations.register(
                GetInstanceProfileRequest.class,
                Access.resource(request -> profile(request.instanceProfileName())),
                (request, call) -> profiles.get(request));
        operations.register(
                ListInstanceProfilesRequest.class,
                Access.resource(request -> below(Entity.Kind.INSTANCE_PROFILE, request.pathPrefix())),
                (request, call) -> profiles.list(request));
        operations.register(
                ListInstanceProfilesForRoleRequest.class,
                Access.resource(request -> role(request.roleName())),
                (request, call) -> profiles.listForRole(request));
        operations.register(
                DeleteInstanceProfileRequest.class,
                Access.resource(request -> profile(request.instanceProfileName())),
                (request, call) -> profiles.delete(request));
        operations.register(
                AddRoleToInstanceProfileRequest.class,
                request -> passRole(request.instanceProfileName(), request.roleName()),
                (request, call) -> profiles.addRole(request));
        operations.register(
                RemoveRoleFromInstanceProfileRequest.class,
                Access.resource(request -> profile(request.instanceProfileName())),
                (request, call) -> profiles.removeRole(request));
        operations.register(
                TagInstanceProfileRequest.class,
                Access.resource(request -> profile(request.instanceProfileName())),
                (request, call) -> profiles.tag(request));
    }

    /** Whoever hands a role to instances must be allowed to pass it, else anyone could raise their own permissions. */
    private List<Access.Question> passRole(String profileName, String roleName) {
        return List.of(
                new Access.Question(null, profile(profileName), Map.of()),
                new Access.Question(
                        "iam:PassRole", role(roleName), Map.of("iam:PassedToService", "ec2.amazonaws.com")));
    }

    private List<Access.Question> policyOfRole(String roleName, String policyArn) {
        return List.of(new Access.Question(null, role(roleName), Map.of("iam:PolicyARN", policyArn)));
    }

    private String role(String name) {
        return entities.roles()
                .find(name)
                .map(role -> role.entity().arn())
                .orElseGet(() -> entities.arn(Entity.Kind.ROLE, null, name));
    }

    private String profile(String name) {
        return entities.profiles()
                .find(name)
                .map(profile -> profile.entity().arn())
                .orElseGet(() -> entities.arn(Entity.Kind.INSTANCE_PROFILE, null, name));
    }

    private String below(Entity.Kind kind, @Nullable String pathPrefix) {
        return entities.arn(kind, pathPrefix, "");
    }
}
