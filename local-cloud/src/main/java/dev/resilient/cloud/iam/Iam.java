package dev.resilient.cloud.iam;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.identity.AccessKeys;
import dev.resilient.cloud.identity.PrincipalDirectory;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.Caller;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceModel;

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
        IdentityPolicies identityPolicies = new IdentityPolicies(entities);
        identityPolicies.register(operations);
        new Users(entities, identityPolicies, keys).register(operations);
        new UserKeys(entities, keys).register(operations);
        new Roles(entities, identityPolicies).register(operations);
        new InstanceProfiles(entities).register(operations);
        new Policies(entities).register(operations);
        new PolicyVersions(entities).register(operations);
        new Tags(entities).register(operations);
        new Simulations(entities).register(operations);
    }
}
