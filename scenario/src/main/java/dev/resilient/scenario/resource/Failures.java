package dev.resilient.scenario.resource;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Reads error codes, as they are on the wire. */
final class Failures {
    private Failures() {}

    /** Whether AWS answered with one of these codes. */
    static boolean hasCode(SdkException failure, String... codes) {
        return failure instanceof AwsServiceException answered
                && answered.awsErrorDetails() != null
                && Set.of(codes).contains(answered.awsErrorDetails().errorCode());
    }

    /** Whether AWS's message contains {@code text}. */
    static boolean mentions(SdkException failure, String text) {
        return failure.getMessage() != null && failure.getMessage().contains(text);
    }
}
