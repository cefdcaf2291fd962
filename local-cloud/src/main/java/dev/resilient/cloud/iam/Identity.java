package dev.resilient.cloud.iam;

/**
 * A user or a role: whom policies grant something.
 *
 * @param <R> its own type
 */
sealed interface Identity<R extends Identity<R>> extends Resource<R> permits UserEntity, RoleEntity {

    Grants grants();

    /** The same with other grants. */
    R with(Grants changed);
}
