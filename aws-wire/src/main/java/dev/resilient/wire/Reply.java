package dev.resilient.wire;

import software.amazon.awssdk.awscore.AwsResponse;

/**
 * A typed response and the body that goes with it.
 *
 * @param payload the body of a streaming operation; empty for every other one. Not copied: never change it afterwards.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copying objects of megabytes would be the only use
public record Reply<O extends AwsResponse>(O response, byte[] payload) {
    private static final byte[] NONE = {};

    /** A response without a body of its own. */
    public Reply(O response) {
        this(response, NONE);
    }
}
