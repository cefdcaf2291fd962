package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.PolicyDocument;

/** A managed policy in its only version, {@code v1}. */
record PolicyEntity(Entity entity, String description, PolicyDocument document) {
    static final String VERSION = "v1";

    /** Whether it is one of AWS's own, which nobody can change. */
    boolean isAwsManaged() {
        return entity.arn().startsWith(AwsManagedPolicies.ARN_PREFIX);
    }
}
