package dev.resilient.cloud;

import dev.resilient.cloud.base.Realism;
import dev.resilient.cloud.identity.RoleDirectory;
import java.util.Optional;

/**
 * IAM's roles and instance profiles as another service sees them.
 *
 * @param reader the service, as in {@code ec2}
 */
record RolesAsSeen(RoleDirectory roles, String reader, Realism realism) implements RoleDirectory {

    @Override
    public Optional<AssumableRole> role(String name) {
        return realism.propagated(reader, () -> roles.role(name));
    }

    @Override
    public Optional<ProfileOfInstances> instanceProfile(String nameOrArn) {
        return realism.propagated(reader, () -> roles.instanceProfile(nameOrArn));
    }
}
