package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.PrincipalDirectory;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Caller;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;

/** Identity and Access Management: what it supports is what it registers. Thread-safe. */
public final class Iam implements AwsService {
    private static final ServiceModel MODEL = new ServiceModel(
            "iam",
            "software.amazon.awssdk.services.iam.model",
            "2010-05-08",
            new ServiceModel.Protocol.Query("https://iam.amazonaws.com/doc/2010-05-08/"));
    private final Entities entities;
    private final AccountDirectory directory;
    private final AccessKeys keys;

    /**
     * The account's entities; at first there are none but AWS's managed policies and the administrator, a user with
     * {@code AdministratorAccess}.
     *
     * @param keys in which users' keys are kept
     * @param administrator who holds the account's first key
     */
    public Iam(CloudContext cloud, AccessKeys keys, Caller administrator) {
        this.entities = new Entities(cloud, administrator);
        this.directory = new AccountDirectory(entities);
        this.keys = keys;
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
        InstanceProfiles instanceProfiles = new InstanceProfiles(entities);
        Policies managedPolicies = new Policies(entities);
        var users = new Registrar(operations, entities, Kind.USER, Entity::shape);
        var roles = new Registrar(operations, entities, Kind.ROLE, Entity::shape);
        var policies = new Registrar(operations, entities, Kind.POLICY, managedPolicies::shown);
        var profiles = new Registrar(operations, entities, Kind.INSTANCE_PROFILE, instanceProfiles::shown);
        IdentityPolicies identityPolicies = new IdentityPolicies(entities);
        identityPolicies.register(users, roles);
        new Users(entities, identityPolicies, keys).register(users);
        new UserKeys(entities, keys).register(users);
        new Roles(entities, identityPolicies).register(roles);
        instanceProfiles.register(profiles, roles);
        managedPolicies.register(policies);
        Tags tags = new Tags(entities);
        tags.register(
                users,
                TagUserRequest.class,
                UntagUserRequest.class,
                ListUserTagsRequest.class,
                ListUserTagsResponse::builder);
        tags.register(
                roles,
                TagRoleRequest.class,
                UntagRoleRequest.class,
                ListRoleTagsRequest.class,
                ListRoleTagsResponse::builder);
        tags.register(
                policies,
                TagPolicyRequest.class,
                UntagPolicyRequest.class,
                ListPolicyTagsRequest.class,
                ListPolicyTagsResponse::builder);
        tags.register(
                profiles,
                TagInstanceProfileRequest.class,
                UntagInstanceProfileRequest.class,
                ListInstanceProfileTagsRequest.class,
                ListInstanceProfileTagsResponse::builder);
        new Simulations(entities).register(operations);
    }
}
