package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.PolicyDocument;
import java.time.Duration;

/**
 * A role.
 *
 * @param trust who may assume it
 */
record RoleEntity(Entity entity, Grants grants, String description, Duration maximumSession, PolicyDocument trust)
        implements Identity<RoleEntity> {

    @Override
    public RoleEntity with(Entity changed) {
        return new RoleEntity(changed, grants, description, maximumSession, trust);
    }

    @Override
    public RoleEntity with(Grants changed) {
        return new RoleEntity(entity, changed, description, maximumSession, trust);
    }

    RoleEntity with(String newDescription, Duration newMaximumSession) {
        return new RoleEntity(entity, grants, newDescription, newMaximumSession, trust);
    }

    RoleEntity with(PolicyDocument newTrust) {
        return new RoleEntity(entity, grants, description, maximumSession, newTrust);
    }
}
