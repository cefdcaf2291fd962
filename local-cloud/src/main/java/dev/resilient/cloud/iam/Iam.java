package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.PrincipalDirectory;
import dev.resilient.cloud.identity.ResourceKeys;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Caller;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;

/** Identity and Access Management: what it supports is what it registers. Thread-safe. */
public final class Iam implements AwsService, ResourceKeys {
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
    public Map<String, List<String>> keysOf(String arn, SdkPojo request) {
        return entities.withArn(arn)
                .map(entity -> {
                    Map<String, List<String>> found = ResourceKeys.tagged(entity.tags());
                    entity.boundary().ifPresent(boundary -> found.put("PermissionsBoundary", List.of(boundary)));
                    return found;
                })
                .orElse(Map.of());
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry operations) {
        InstanceProfiles instanceProfiles = new InstanceProfiles(entities);
        Policies managedPolicies = new Policies(entities);
        IdentityPolicies identityPolicies = new IdentityPolicies(entities);
        Registrar users = new Registrar(operations, entities, Kind.USER, Entity::shape);
        Registrar roles = new Registrar(operations, entities, Kind.ROLE, Entity::shape);
        Registrar policies = new Registrar(operations, entities, Kind.POLICY, managedPolicies::shown);
        Registrar profiles = new Registrar(operations, entities, Kind.INSTANCE_PROFILE, instanceProfiles::shown);
        Stream.of(users, roles, policies, profiles).forEach(Tags::register);
        Stream.of(users, roles).forEach(identityPolicies::register);
        new Users(entities, identityPolicies, keys).register(users);
        new Roles(entities, identityPolicies).register(roles);
        managedPolicies.register(policies);
        instanceProfiles.register(profiles, roles);
        new Simulations(entities).register(operations);
    }
}
