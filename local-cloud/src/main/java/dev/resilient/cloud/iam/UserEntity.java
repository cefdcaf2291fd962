package dev.resilient.cloud.iam;

import java.util.Set;

/**
 * A user.
 *
 * @param groups the names of the groups that it is in
 */
record UserEntity(Entity entity, Grants grants, Set<String> groups) implements Identity<UserEntity> {

    UserEntity {
        groups = Set.copyOf(groups);
    }

    @Override
    public UserEntity with(Entity changed) {
        return new UserEntity(changed, grants, groups);
    }

    @Override
    public UserEntity with(Grants changed) {
        return new UserEntity(entity, changed, groups);
    }

    UserEntity in(Set<String> changed) {
        return new UserEntity(entity, grants, changed);
    }
}
