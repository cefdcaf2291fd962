package dev.resilient.cloud.ec2.instance;

import java.util.Optional;

/** What EC2 needs to know of IAM: which instance profiles there are, and what they carry. Thread-safe. */
public interface InstanceProfiles {

    /** The profile of this name. */
    Optional<Profile> findByName(String name);

    /** The profile with this ARN. */
    Optional<Profile> findByArn(String arn);

    /** The ARN of the role that is in a profile now; empty if there is none, or no such profile. */
    Optional<String> roleIn(String profileArn);

    /**
     * An instance profile.
     *
     * @param id IAM's unique id: {@code AIPA…}
     */
    record Profile(String arn, String id) {}
}
