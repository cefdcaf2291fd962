package dev.resilient.cloud.iam;

/**
 * Something in the account's IAM that has a name, an ARN and tags.
 *
 * @param <R> its own type
 */
sealed interface Resource<R extends Resource<R>> permits Identity, PolicyEntity, InstanceProfileEntity {

    Entity entity();

    /** The same with another entity: renamed, or with other tags. */
    R with(Entity changed);
}
