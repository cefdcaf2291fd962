package dev.resilient.wire;

import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * One supported operation.
 *
 * @param name as AWS spells it, up to letter case: {@code CreateTargetGroup}
 * @param action the IAM action that {@code access} asks for unless it names another
 * @param requestType the SDK's request class
 * @param access what IAM is asked before the handler runs
 * @param handler what the operation does
 */
public record Operation<I extends AwsRequest, O extends AwsResponse>(
        String name, String action, Class<I> requestType, Access<? super I> access, StreamingHandler<I, O> handler) {}
