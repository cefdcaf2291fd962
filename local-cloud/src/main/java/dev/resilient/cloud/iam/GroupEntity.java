package dev.resilient.cloud.iam;

/** A group of users, each of whom may do what the group may. */
record GroupEntity(Entity entity, Grants grants) implements Identity<GroupEntity> {

    @Override
    public GroupEntity with(Entity changed) {
        return new GroupEntity(changed, grants);
    }

    @Override
    public GroupEntity with(Grants changed) {
        return new GroupEntity(entity, changed);
    }
}
