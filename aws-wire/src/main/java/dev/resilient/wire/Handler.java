package dev.resilient.wire;

import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * What an operation does: a typed request in, a typed response out. Called on a virtual thread, by many callers at once; it
 * may block. A failure is a {@link ServiceError}; anything else that is thrown becomes an internal failure to the caller.
 */
@FunctionalInterface
public interface Handler<I extends AwsRequest, O extends AwsResponse> {

    /** Answers {@code request}, which is authorised and satisfies the operation's input rules. */
    O handle(I request, Call call);
}
