package dev.resilient.wire;

import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** A handler that keeps the request it was given and answers what it was told to. */
public final class Echo<I extends AwsRequest, O extends AwsResponse> implements Handler<I, O> {
    private final AtomicReference<I> seen = new AtomicReference<>();
    private final O answer;

    public Echo(O answer) {
        this.answer = answer;
    }

    @Override
    public O handle(I request, Call call) {
        seen.set(request);
        return answer;
    }

    public I seen() {
        return seen.get();
    }
}
