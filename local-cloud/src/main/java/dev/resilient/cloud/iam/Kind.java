package dev.resilient.cloud.iam;

import dev.resilient.wire.ServiceError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.IamRequest;

/**
 * A kind of IAM's resources.
 *
 * @param title as in the names of operations and quotas
 * @param resource what the ARNs of this kind begin with, behind the account
 * @param idPrefix what their ids begin with
 * @param missing what IAM says where there is none of this name
 * @param taken what it says where there is one already
 */
record Kind<R extends Resource<R>>(String title, String resource, String idPrefix, String missing, String taken) {
    static final Kind<UserEntity> USER = new Kind<>(
            "User", "user", "AIDA", "The user with name %s cannot be found.", "User with name %s already exists.");
    static final Kind<RoleEntity> ROLE = new Kind<>(
            "Role", "role", "AROA", "The role with name %s cannot be found.", "Role with name %s already exists.");
    static final Kind<PolicyEntity> POLICY = new Kind<>(
            "Policy",
            "policy",
            "ANPA",
            "Policy %s was not found.",
            "A policy called %s already exists. Duplicate names are not allowed.");
    static final Kind<InstanceProfileEntity> INSTANCE_PROFILE = new Kind<>(
            "InstanceProfile",
            "instance-profile",
            "AIPA",
            "Instance Profile %s cannot be found.",
            "Instance Profile %s already exists.");

    ServiceError missing(String name) {
        return Entities.noSuchEntity(missing.formatted(name));
    }

    ServiceError taken(String name) {
        return ServiceError.conflict("EntityAlreadyExists", taken.formatted(name));
    }

    /** The name, of a policy the ARN, of the resource of this kind that a request means; null if it names none. */
    @Nullable
    String named(IamRequest request) {
        String member = equals(POLICY) ? "PolicyArn" : title + "Name";
        return request.getValueForField(member, String.class).orElse(null);
    }

    /** Like {@link #named}, of a request that must name one. */
    String in(IamRequest request) {
        return Objects.requireNonNull(named(request), title);
    }
}
