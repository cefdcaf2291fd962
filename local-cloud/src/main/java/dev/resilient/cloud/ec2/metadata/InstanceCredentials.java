package dev.resilient.cloud.ec2.metadata;

import java.time.Instant;

/** Where the metadata service gets the credentials of an instance's role. Thread-safe. */
@FunctionalInterface
public interface InstanceCredentials {

    /**
     * The credentials that an instance has through its profile now. Asked at every request, so implementations answer with the
     * same credentials until shortly before they expire.
     */
    Answer of(String profileArn, String instanceId);

    /** What there is to give. */
    sealed interface Answer {}

    /** The profile holds no role. */
    record NoRole() implements Answer {}

    /** Credentials of the role's session, which is named after the instance. */
    record Issued(
            String roleName,
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            Instant lastUpdated,
            Instant expiration)
            implements Answer {

        @Override
        public String toString() {
            return "Issued[" + accessKeyId + " of " + roleName + "]";
        }
    }

    /**
     * The role cannot be assumed.
     *
     * @param code as the metadata service shows it: {@code AssumeRoleUnauthorizedAccess}
     */
    record Refused(String roleName, String code, String message, Instant lastUpdated) implements Answer {}
}
