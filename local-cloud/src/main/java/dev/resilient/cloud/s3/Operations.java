package dev.resilient.cloud.s3;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.Reply;
import dev.resilient.wire.Route;
import dev.resilient.wire.StreamingHandler;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/**
 * Registers S3's operations: each with its route, with S3's own name for the permission, and with the check that there is such a
 * bucket, and whose it is.
 */
record Operations(OperationRegistry registry, Account account, Storage storage) {

    private static final Pattern NOTATION =
            Pattern.compile("(\\w+) (\\w+)(?:\\?([\\w=-]+))?(?: \\+ ([\\w-]+))?(?: -> (\\w+))?");

    /**
     * Which requests mean an operation.
     *
     * @param notation as in {@code GET object?uploadId}; behind a plus, a header that must be there, and behind an arrow,
     *     the status of success or the root element of the response
     */
    static Route route(String notation) {
        Matcher parts = NOTATION.matcher(notation);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no route: " + notation);
        }
        Optional<String> success = Optional.ofNullable(parts.group(5));
        Optional<Integer> status = success.filter(text -> text.matches("\\d+")).map(Integer::valueOf);
        return new Route(
                parts.group(1),
                Route.Level.valueOf(parts.group(2).toUpperCase(Locale.ROOT)),
                Optional.ofNullable(parts.group(3)),
                Optional.ofNullable(parts.group(4)),
                success.filter(_ -> status.isEmpty()),
                status.orElse(200));
    }

    /**
     * Adds an operation on a bucket or an object.
     *
     * @param action what IAM is asked, without {@code s3:}
     */
    <I extends AwsRequest, O extends AwsResponse> void add(
            String route, Class<I> type, String action, Function<I, O> handler) {
        add(route, type, asking(action), handler);
    }

    /** Adds an operation that asks IAM other questions. */
    <I extends AwsRequest, O extends AwsResponse> void add(
            String route, Class<I> type, Access<? super I> access, Function<I, O> handler) {
        stream(route, type, access, (request, _) -> new Reply<>(handler.apply(request)));
    }

    /** Adds an operation on an object whose contents the call or the reply carries. */
    <I extends AwsRequest, O extends AwsResponse> void stream(
            String route, Class<I> type, Access<? super I> access, StreamingHandler<I, O> handler) {
        registry.registerStreaming(type, owned(access), handler);
        registry.route(type, route(route));
    }

    /** Adds an operation on a bucket or an object whose response says nothing. */
    <I extends AwsRequest> void act(String route, Class<I> type, String action, Consumer<I> handler) {
        registry.act(type, owned(asking(action)), handler);
        registry.route(type, route(route));
    }

    private <I extends AwsRequest> Access<I> owned(Access<? super I> access) {
        return request -> {
            Members.get(request, "Bucket", String.class)
                    .filter(_ -> !(request instanceof CreateBucketRequest))
                    .ifPresent(storage::bucket); // That there is none is no secret.
            boolean foreign = Stream.of("ExpectedBucketOwner", "ExpectedSourceBucketOwner")
                    .flatMap(member -> Members.get(request, member, String.class).stream())
                    .anyMatch(owner -> !owner.equals(account.id()));
            refuseIf(foreign, Refusal.ACCESS_DENIED);
            return access.of(request);
        };
    }

    /** The question whether the caller may do {@code action} with what the request names. */
    static Access<AwsRequest> asking(String action) {
        return request -> List.of(question(
                action,
                Members.get(request, "Bucket", String.class).orElse(""),
                Members.get(request, "Key", String.class).orElse("")));
    }

    /** Whether the caller may read an object, or else hear that there is none: only whoever may list the bucket. */
    List<Access.Question> reading(ObjectName name) {
        Access.Question read = question("GetObject", name.bucket(), name.key());
        return storage.has(name) ? List.of(read) : List.of(read, question("ListBucket", name.bucket(), ""));
    }

    /** @param key empty for the bucket itself */
    static Access.Question question(String action, String bucket, String key) {
        return new Access.Question(
                "s3:" + action, "arn:aws:s3:::" + bucket + (key.isEmpty() ? "" : "/" + key), Map.of());
    }
}
