package dev.resilient.cloud.iam;

/** A user. */
record UserEntity(Entity entity, Grants grants) implements Identity<UserEntity> {

    @Override
    public UserEntity with(Entity changed) {
        return new UserEntity(changed, grants);
    }

    @Override
    public UserEntity with(Grants changed) {
        return new UserEntity(entity, changed);
    }
}
