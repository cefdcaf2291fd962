package dev.resilient.scenario.resource;

import java.util.Arrays;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Reads error codes, as they are on the wire. */
final class Failures {
    private Failures() {}

    /** Whether AWS answered with one of these codes; an answer that cannot be read has none. */
    static boolean hasCode(SdkException failure, String... codes) {
        return failure instanceof AwsServiceException answered
                && answered.awsErrorDetails() != null
                && Arrays.asList(codes).contains(answered.awsErrorDetails().errorCode());
    }

    /** Whether AWS's message contains {@code text}. */
    static boolean mentions(SdkException failure, String text) {
        return failure.getMessage() != null && failure.getMessage().contains(text);
    }
}
