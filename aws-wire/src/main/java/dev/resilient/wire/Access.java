package dev.resilient.wire;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;

/**
 * What an operation asks of IAM before it runs: one or more actions, each on one resource; all must be allowed.
 *
 * @param <I> the operation's request
 */
@FunctionalInterface
public interface Access<I> {

    /** The questions for this request. */
    List<Question> of(I request);

    /** The questions for this request by this caller; who calls matters only to {@link #ofCaller}. */
    default List<Question> of(I request, Caller caller) {
        return of(request);
    }

    /** One question that depends on who calls, as about the user that is meant by naming none. */
    static <I> Access<I> ofCaller(BiFunction<? super I, Caller, Question> question) {
        return new Access<>() {
            @Override
            public List<Question> of(I request) {
                throw new IllegalStateException("it matters who calls");
            }

            @Override
            public List<Question> of(I request, Caller caller) {
                return List.of(question.apply(request, caller));
            }
        };
    }

    /** The operation's own action on every resource, for operations that IAM knows no resource for. */
    static <I> Access<I> anyResource() {
        return request -> List.of(Question.on("*"));
    }

    /** The operation's own action on the resource with this ARN. */
    static <I> Access<I> resource(Function<? super I, String> arn) {
        return request -> List.of(Question.on(arn.apply(request)));
    }

    /** The operation's own action on each of these resources. */
    static <I> Access<I> resources(Function<? super I, List<String>> arns) {
        return request -> arns.apply(request).stream().map(Question::on).toList();
    }

    /** The operation's own action on the resources whose ARNs are in {@code member} of the request. */
    static Access<AwsRequest> named(String member) {
        return named(member, UnaryOperator.identity());
    }

    /**
     * The operation's own action on the resources that a member of the request names: one, or several.
     *
     * @param member as the SDK calls it: {@code AutoScalingGroupName}; without a value it means any resource, {@code *}
     * @param arn of the resource with a name
     */
    static Access<AwsRequest> named(String member, UnaryOperator<String> arn) {
        return request -> values(request, member).map(arn).map(Question::on).toList();
    }

    private static Stream<String> values(AwsRequest request, String member) {
        SdkField<?> field = request.sdkFields().stream()
                .filter(each -> each.memberName().equals(member))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(request.getClass().getSimpleName() + " has no member " + member));
        return switch (field.getValueOrDefault(request)) {
            case null -> Stream.of("*");
            case Collection<?> several -> several.stream().map(String::valueOf);
            case Map<?, ?> entries -> entries.keySet().stream().map(String::valueOf);
            case Object one -> Stream.of(one.toString());
        };
    }

    /** Another action than the operation's name, as S3's {@code HeadObject} asks for {@code s3:GetObject}. */
    static <I> Access<I> action(String action, Function<? super I, String> arn) {
        return request -> List.of(new Question(action, arn.apply(request), Map.of()));
    }

    /** For operations that every verified caller may use, as {@code sts:GetCallerIdentity}. */
    static <I> Access<I> everyone() {
        return request -> List.of();
    }

    /**
     * One question to IAM.
     *
     * @param action {@code service:Operation}; null means the operation's own
     * @param resource an ARN, or {@code *}
     * @param context condition keys with values that cannot be read from the request
     * @param request what would be asked for; null means the operation's own request
     * @param refusal what whoever is denied hears; null means IAM's own words
     */
    record Question(
            @Nullable String action,
            String resource,
            Map<String, String> context,
            @Nullable AwsRequest request,
            @Nullable String refusal) {

        /** About the operation's own request, denied in IAM's own words. */
        public Question(@Nullable String action, String resource, Map<String, String> context) {
            this(action, resource, context, null, null);
        }

        static Question on(String resource) {
            return new Question(null, resource, Map.of());
        }

        /** The same question of an operation with this action and this request, where it does not name its own. */
        public Question of(String ownAction, AwsRequest ownRequest) {
            return new Question(
                    action == null ? ownAction : action,
                    resource,
                    context,
                    request == null ? ownRequest : request,
                    refusal);
        }

        /** The same question, for which a denied caller hears this. */
        public Question orElse(String words) {
            return new Question(action, resource, context, request, words);
        }
    }
}
