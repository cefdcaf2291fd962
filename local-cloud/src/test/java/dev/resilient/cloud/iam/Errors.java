package dev.resilient.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.wire.ServiceError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on what IAM refuses. */
final class Errors {
    private Errors() {}

    /** Fails unless the call ends in this error with exactly this status and message. */
    static void assertError(ThrowingCallable call, String code, int status, String message) {
        assertThatExceptionOfType(ServiceError.class)
                .isThrownBy(call)
                .withMessage(message)
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.status()).isEqualTo(status);
                });
    }
}
