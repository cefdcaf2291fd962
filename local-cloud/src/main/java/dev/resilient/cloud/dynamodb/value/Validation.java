package dev.resilient.cloud.dynamodb.value;

import dev.resilient.wire.ServiceError;

/** DynamoDB's answer to input that cannot be: {@code ValidationException}. */
public final class Validation {
    private Validation() {}

    /** A {@code ValidationException} with this message. */
    public static ServiceError error(String message) {
        return ServiceError.badRequest("ValidationException", message);
    }

    /** A {@code ValidationException} whose message begins as DynamoDB's do when a parameter's value is at fault. */
    public static ServiceError invalidParameter(String message) {
        return error("One or more parameter values were invalid: " + message);
    }
}
