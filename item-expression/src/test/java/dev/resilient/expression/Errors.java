package dev.resilient.expression;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on what expressions and values are refused for. */
public final class Errors {
    private Errors() {}

    /** Fails unless the call ends in a ValidationException with exactly this message. */
    public static void assertInvalid(String message, ThrowingCallable call) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(call)
                .withMessage(message)
                .matches(error -> error.code().equals("ValidationException"), "is a ValidationException");
    }
}
