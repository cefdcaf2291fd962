package dev.resilient.wire;

import java.time.Duration;

/**
 * A call that was answered.
 *
 * @param caller the ARN of the verified caller; {@code -} if there is none
 * @param action {@code service:Operation}, as far as it could be made out; {@code -} for the part that could not
 * @param status the HTTP status
 * @param error the code of the error; empty on success
 * @param duration from the last byte of the request to the first of the response
 */
public record AnsweredCall(String caller, String action, int status, String error, Duration duration) {}
