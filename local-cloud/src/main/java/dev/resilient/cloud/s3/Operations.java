package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Shapes;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Route;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.StreamingHandler;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** Registers S3's operations: each with its route, with S3's own name for the permission, and with the check of who owns the bucket. */
record Operations(OperationRegistry registry, Account account) {

    /**
     * Adds an operation on a bucket or an object.
     *
     * @param action what IAM is asked, without {@code s3:}
     */
    <I extends AwsRequest, O extends AwsResponse> void add(
            Route route, Class<I> type, String action, Function<I, O> handler) {
        add(route, type, asking(action), handler);
    }

    /** Adds an operation on a bucket or an object whose response says nothing. */
    <I extends AwsRequest> void act(Route route, Class<I> type, String action, Consumer<I> handler) {
        registry.act(type, asking(action), request -> {
            checkOwner(request);
            handler.accept(request);
        });
        registry.route(type, route);
    }

    /** Adds an operation on an object whose contents the call or the reply carries. */
    <I extends AwsRequest, O extends AwsResponse> void add(
            Route route, Class<I> type, String action, StreamingHandler<I, O> handler) {
        registry.registerStreaming(type, asking(action), (request, call) -> {
            checkOwner(request);
            return handler.handle(request, call);
        });
        registry.route(type, route);
    }

    /** Adds an operation that asks IAM more than one question. */
    <I extends AwsRequest, O extends AwsResponse> void add(
            Route route, Class<I> type, Access<I> access, Function<I, O> handler) {
        registry.register(type, access, (request, _) -> {
            checkOwner(request);
            return handler.apply(request);
        });
        registry.route(type, route);
    }

    private void checkOwner(AwsRequest request) {
        boolean foreign = Stream.of("ExpectedBucketOwner", "ExpectedSourceBucketOwner")
                .flatMap(member -> Shapes.member(request, member, String.class).stream())
                .anyMatch(owner -> !owner.equals(account.id()));
        refuseIf(foreign, () -> new ServiceError("AccessDenied", 403, "Access Denied"));
    }

    /** The question whether the caller may do {@code action} with what the request names. */
    static <I extends AwsRequest> Access<I> asking(String action) {
        return request -> List.of(question(
                action,
                Shapes.member(request, "Bucket", String.class).orElse(""),
                Shapes.member(request, "Key", String.class).orElse("")));
    }

    /** @param key empty for the bucket itself */
    static Access.Question question(String action, String bucket, String key) {
        return new Access.Question(
                "s3:" + action, "arn:aws:s3:::" + bucket + (key.isEmpty() ? "" : "/" + key), Map.of());
    }
}
