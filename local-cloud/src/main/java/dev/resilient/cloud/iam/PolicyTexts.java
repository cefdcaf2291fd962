package dev.resilient.cloud.iam;

import dev.resilient.policy.MalformedPolicyException;
import dev.resilient.policy.PolicyDocument;
import dev.resilient.wire.ServiceError;

/** Reads the policies that callers give. */
final class PolicyTexts {
    private PolicyTexts() {}

    /** @throws ServiceError {@code MalformedPolicyDocument} if it is no valid policy of its kind */
    static PolicyDocument read(String text, PolicyDocument.Kind kind) {
        try {
            return PolicyDocument.parse(text, kind);
        } catch (MalformedPolicyException malformed) {
            throw ServiceError.badRequest("MalformedPolicyDocument", String.valueOf(malformed.getMessage()));
        }
    }
}
