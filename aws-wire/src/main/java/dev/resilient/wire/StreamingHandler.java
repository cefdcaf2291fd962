package dev.resilient.wire;

import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** A {@link Handler} whose reply carries a body beside the typed response, as S3's {@code GetObject} does. */
@FunctionalInterface
public interface StreamingHandler<I extends AwsRequest, O extends AwsResponse> {

    /** Answers {@code request}, which is authorised and satisfies the operation's input rules. */
    Reply<O> handle(I request, Call call);
}
