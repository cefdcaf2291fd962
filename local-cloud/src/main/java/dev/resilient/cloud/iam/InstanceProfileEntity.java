package dev.resilient.cloud.iam;

import org.jspecify.annotations.Nullable;

/**
 * An instance profile.
 *
 * @param roleName the one role in it; null while there is none
 */
record InstanceProfileEntity(Entity entity, @Nullable String roleName) implements Resource<InstanceProfileEntity> {

    @Override
    public InstanceProfileEntity with(Entity changed) {
        return new InstanceProfileEntity(changed, roleName);
    }

    boolean holds(String role) {
        return role.equals(roleName);
    }
}
