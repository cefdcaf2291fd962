package dev.resilient.cloud.identity;

import java.time.Instant;

/** What the metadata service has to say about the role of an instance. */
public sealed interface RoleCredentials {

    /**
     * The credentials of the session that the instance holds now.
     *
     * @param secretAccessKey never logged
     * @param token never logged
     * @param lastUpdated when they were issued, to the second
     * @param expiration when they stop working, to the second
     */
    record Issued(
            String roleName,
            String accessKeyId,
            String secretAccessKey,
            String token,
            Instant lastUpdated,
            Instant expiration)
            implements RoleCredentials {

        @Override
        public String toString() {
            return "Issued[" + accessKeyId + " of " + roleName + " until " + expiration + "]";
        }
    }

    /**
     * The role does not let EC2 assume it.
     *
     * @param lastUpdated when this was found out, to the second
     */
    record NotTrusted(String roleName, Instant lastUpdated) implements RoleCredentials {

        /** The {@code Code} of the metadata service's document. */
        public String code() {
            return "AssumeRoleUnauthorizedAccess";
        }

        /** The {@code Message} of the metadata service's document. */
        public String message() {
            return "EC2 cannot assume the role " + roleName + ".  Please see documentation at "
                    + "http://docs.amazonwebservices.com/IAM/latest/UserGuide/RolesTroubleshooting.html.";
        }
    }

    /** The instance profile has no role in it. */
    record NoRole() implements RoleCredentials {}

    /** The instance profile is gone. */
    record NoProfile() implements RoleCredentials {}
}
