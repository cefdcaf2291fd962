package dev.resilient.cloud.dynamodb;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on what DynamoDB refuses. */
public final class Errors {
    private Errors() {}

    /** Fails unless the call ends in this error with HTTP status 400 and exactly this message. */
    public static void assertRefused(String code, String message, ThrowingCallable call) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(call)
                .withMessage(message)
                .matches(error -> error.code().equals(code), "has code " + code)
                .matches(error -> error.status() == 400, "has status 400");
    }

    /** Fails unless the call ends in a ValidationException with exactly this message. */
    public static void assertInvalid(String message, ThrowingCallable call) {
        assertRefused("ValidationException", message, call);
    }
}
