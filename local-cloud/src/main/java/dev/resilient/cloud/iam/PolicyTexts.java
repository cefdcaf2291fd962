package dev.resilient.cloud.iam;

import dev.resilient.cloud.identity.ConditionKeys;
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
            throw malformed(String.valueOf(malformed.getMessage()));
        }
    }

    /**
     * A policy that is to decide: its conditions must not be about what is never known here, where that would permit more.
     *
     * @throws ServiceError {@code MalformedPolicyDocument}, also for a condition key that this cloud does not have
     */
    static PolicyDocument honoured(String text, PolicyDocument.Kind kind) {
        PolicyDocument policy = read(text, kind);
        policy.keysThatRestrict().stream()
                .filter(ConditionKeys::isUnknown)
                .findFirst()
                .ifPresent(key -> {
                    throw malformed(
                            "The condition key " + key
                                    + " is not supported by this local cloud, which would permit more than the policy means to.");
                });
        return policy;
    }

    static ServiceError malformed(String message) {
        return ServiceError.badRequest("MalformedPolicyDocument", message);
    }
}
