package dev.resilient.endtoend.account;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;

/** What can become of a call. */
enum Mishap {
    /** The process ends before the call is sent. */
    ENDS_BEFORE(true),
    /** The process ends when the call has taken effect. */
    ENDS_AFTER(false),
    /** AWS wants fewer calls. */
    THROTTLED(true),
    /** AWS has a failure of its own. */
    FAILED(true),
    /** The call takes effect, but its answer does not come in time. */
    TIMED_OUT(false),
    /** The caller may not do this. */
    DENIED(true);

    private static final long TIME_OUT_MILLIS = 20_000;

    private final boolean isBefore;

    Mishap(boolean isBefore) {
        this.isBefore = isBefore;
    }

    /** Whether the call does not take effect. */
    boolean isBefore() {
        return isBefore;
    }

    /** Whether nothing is sent any more. */
    boolean isEnd() {
        return this == ENDS_BEFORE || this == ENDS_AFTER;
    }

    /**
     * Lets it happen to a call.
     *
     * @param call as policies name it, like {@code ec2:RunInstances}
     */
    void happen(String call) {
        switch (this) {
            case ENDS_BEFORE, ENDS_AFTER -> throw new Crash(this + " " + call);
            case THROTTLED -> throw refusal(400, "Throttling", "Rate exceeded");
            case FAILED -> throw refusal(500, "InternalFailure", "An internal error has occurred");
            case DENIED ->
                throw refusal(
                        403,
                        "AccessDenied",
                        "User: arn:aws:iam::123456789012:user/somebody is not authorized to perform: " + call
                                + " because no identity-based policy allows the " + call + " action");
            case TIMED_OUT -> throw ApiCallAttemptTimeoutException.create(TIME_OUT_MILLIS);
        }
    }

    private static AwsServiceException refusal(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
