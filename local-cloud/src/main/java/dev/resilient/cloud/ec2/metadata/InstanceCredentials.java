package dev.resilient.cloud.ec2.metadata;

import dev.resilient.cloud.identity.RoleCredentials;

/** Where the metadata service gets the credentials of an instance's role. Thread-safe. */
@FunctionalInterface
public interface InstanceCredentials {
    /**
     * The credentials that an instance has through its profile now. Asked at every request, so implementations answer with the
     * same credentials until shortly before they expire.
     */
    RoleCredentials of(String profileArn, String instanceId);
}
