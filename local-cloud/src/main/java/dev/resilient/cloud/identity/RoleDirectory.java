package dev.resilient.cloud.identity;

import dev.resilient.policy.PolicyDocument;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the roles that can be assumed and the instance profiles that carry them, as they are now. Thread-safe. */
public interface RoleDirectory {

    /** The role with this name. */
    Optional<AssumableRole> role(String name);

    /** The instance profile with this name or ARN. */
    Optional<ProfileOfInstances> instanceProfile(String nameOrArn);

    /**
     * A role, as far as assuming it needs to know.
     *
     * @param id {@code AROA…}
     * @param trust who may assume it
     * @param maximumSession how long a session may last at most
     */
    record AssumableRole(String name, String arn, String id, PolicyDocument trust, Duration maximumSession) {}

    /**
     * An instance profile, as far as instances need to know.
     *
     * @param id {@code AIPA…}
     * @param roleName the one role in it; null while there is none
     */
    record ProfileOfInstances(
            String name, String arn, String id, @Nullable String roleName) {}
}
