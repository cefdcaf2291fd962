package dev.resilient.policy;

/** A text is no policy of its kind. The message is IAM's. */
public final class MalformedPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedPolicyException(String message) {
        super(message);
    }
}
