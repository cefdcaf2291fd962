package dev.resilient.expression.value;

import dev.resilient.wire.ServiceError;
import java.util.function.Supplier;

/** DynamoDB's answer to input that cannot be: {@code ValidationException}. */
public final class Validation {
    /** How messages begin when a parameter's value is at fault. */
    public static final String INVALID = "One or more parameter values were invalid: ";

    private Validation() {}

    /** A {@code ValidationException} with this message. */
    public static ServiceError error(String message) {
        return ServiceError.badRequest("ValidationException", message);
    }

    /** Throws a {@link #error} with this message if this is the case. */
    public static void refuseIf(boolean isTheCase, String message) {
        ServiceError.refuseIf(isTheCase, "ValidationException", message);
    }

    /** Like {@link #refuseIf(boolean, String)}, for a message that is put together. */
    public static void refuseIf(boolean isTheCase, Supplier<String> message) {
        if (isTheCase) {
            throw error(message.get());
        }
    }
}
