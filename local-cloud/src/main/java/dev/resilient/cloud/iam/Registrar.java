package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.identity.Principal;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.IamResponse;
import software.amazon.awssdk.services.iam.model.Tag;

/** Registers the operations on resources of one kind, with what IAM is asked before: mostly about the one that a request names. */
record Registrar<R extends Resource<R>>(OperationRegistry operations, Entities entities, Kind<R> kind) {
    static final String BOUNDARY = "iam:PermissionsBoundary";

    /** An operation on the resource that a request names, and its answer. */
    <I extends IamRequest, O extends IamResponse> void answer(Class<I> type, Function<? super I, O> handler) {
        operations.on(type, named(), handler);
    }

    /** An operation on the resource that a request names, without an answer. */
    <I extends IamRequest> void act(Class<I> type, Consumer<? super I> handler) {
        operations.act(type, named(), handler);
    }

    /** An operation on the user that a request names, or else on the user who calls. */
    <I extends IamRequest, O extends IamResponse> void answerOfCaller(
            Class<I> type, BiFunction<String, ? super I, O> handler) {
        operations.register(
                type,
                Access.ofCaller((request, caller) -> on(nameOr(kind.named(request), caller), Map.of())),
                (request, call) -> handler.apply(nameOr(kind.named(request), call.caller()), request));
    }

    /** A list of the resources below a path. */
    <I extends IamRequest, O extends IamResponse> void list(Class<I> type, Function<? super I, O> handler) {
        operations.on(
                type,
                Access.resource(request -> entities.arn(
                        kind,
                        request.getValueForField("PathPrefix", String.class).orElse(null),
                        "")),
                handler);
    }

    private Access<IamRequest> named() {
        return request -> List.of(on(kind.in(request), Map.of()));
    }

    /** The question about the named resource for an operation that names a policy too, which conditions know by {@code key}. */
    Access<IamRequest> naming(String key, String member) {
        return request -> List.of(on(
                kind.in(request),
                Map.of(key, request.getValueForField(member, String.class).orElse(""))));
    }

    /** The operation's own action on the named resource, and what conditions may want to know of it and of the request. */
    Access.Question on(String name, Map<String, String> request) {
        Map<String, String> context = new HashMap<>();
        entities.find(kind, name).ifPresent(resource -> {
            context.putAll(
                    Principal.tagKeys("aws:ResourceTag/", resource.entity().tags()));
            context.putAll(
                    Principal.tagKeys("iam:ResourceTag/", resource.entity().tags()));
            if (resource instanceof Identity<?> identity && identity.grants().boundary() != null) {
                context.put(BOUNDARY, identity.grants().boundary());
            }
        });
        context.putAll(request);
        return new Access.Question(null, arn(name), context);
    }

    /** For whoever creates a resource: it may be tagged and bounded at once. */
    List<Access.Question> creation(
            @Nullable String path, String name, List<Tag> tags, @Nullable String permissionsBoundary) {
        String arn = entities.arn(kind, path, name);
        Map<String, String> context = new HashMap<>(requestTags(tags));
        if (permissionsBoundary != null) {
            context.put(BOUNDARY, permissionsBoundary);
        }
        List<Access.Question> questions = new ArrayList<>(List.of(new Access.Question(null, arn, context)));
        if (!tags.isEmpty()) {
            questions.add(new Access.Question("iam:Tag" + kind.title(), arn, context));
        }
        return questions;
    }

    static Map<String, String> requestTags(List<Tag> tags) {
        Map<String, String> keys = new HashMap<>();
        tags.forEach(tag -> keys.put("aws:RequestTag/" + tag.key(), tag.value()));
        return keys;
    }

    private static String nameOr(@Nullable String name, Caller caller) {
        if (name != null) {
            return name;
        }
        refuseIf(
                !caller.arn().contains(":user/"),
                () -> ServiceError.badRequest(
                        "ValidationError", "Must specify userName when calling with non-User credentials"));
        return caller.arn().substring(caller.arn().lastIndexOf('/') + 1);
    }

    private String arn(String name) {
        if (kind.equals(Kind.POLICY)) {
            return name;
        }
        return entities.find(kind, name)
                .map(resource -> resource.entity().arn())
                .orElseGet(() -> entities.arn(kind, null, name));
    }
}
