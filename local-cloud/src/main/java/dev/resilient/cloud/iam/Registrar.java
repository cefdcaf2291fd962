package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Members;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.IamResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Registers the operations on entities of one kind, with what IAM is asked before: mostly about the one that a request names.
 *
 * @param view all that is shown of one
 */
record Registrar(OperationRegistry operations, Entities entities, Kind kind, Function<Entity, SdkPojo> view) {
    private static final PageRules PAGES = new PageRules(
            100, Integer.MAX_VALUE, marker -> ServiceError.badRequest("ValidationError", "Invalid Marker."));
    private static final String BOUNDARY = "iam:PermissionsBoundary";

    /** The operation that makes an entity, of which {@code complete} makes what else the request asks for. */
    <I extends IamRequest, O extends IamResponse, B extends SdkBuilder<B, O> & SdkPojo> void create(
            Class<I> type, Supplier<B> response, BiFunction<Entity, ? super I, Entity> complete) {
        operations.on(
                type,
                this::creation,
                request -> shown(response.get(), entities.add(complete.apply(entities.made(kind, request), request))));
    }

    /** The operation that shows an entity. */
    <I extends IamRequest, O extends IamResponse, B extends SdkBuilder<B, O> & SdkPojo> void get(
            Class<I> type, Supplier<B> response) {
        answer(type, request -> shown(response.get(), entities.get(kind, kind.in(request))));
    }

    /** A response with an entity. */
    <O, B extends SdkBuilder<B, O> & SdkPojo> O shown(B response, Entity entity) {
        Members.set(response, kind.title(), view.apply(entity));
        return response.build();
    }

    /** The operation that lists the entities below a path, those that pass. */
    <I extends IamRequest, O extends IamResponse, B extends SdkBuilder<B, O> & SdkPojo> void list(
            Class<I> type, Supplier<B> response, BiPredicate<I, Entity> passes) {
        operations.on(
                type,
                Access.resource(request -> entities.arn(kind, text(request, "PathPrefix"), "")),
                request -> page(
                        request,
                        response.get(),
                        entities.all(kind).list().stream()
                                .filter(entity -> inPath(entity, request) && passes.test(request, entity))
                                .toList(),
                        Entity::key,
                        entity -> kind.listed(view.apply(entity))));
    }

    /** The operation that removes an entity, unless {@code check} finds something against it. */
    void delete(Class<? extends IamRequest> type, Consumer<Entity> check) {
        act(type, request -> entities.remove(kind, kind.in(request), check));
    }

    /** An operation that replaces an entity by another, and answers nothing. */
    <I extends IamRequest> void change(Class<I> type, BiFunction<Entity, ? super I, Entity> change) {
        change(type, named(), change);
    }

    /** Like {@link #change(Class, BiFunction)}, for a request that conditions may want to know something of. */
    <I extends IamRequest> void change(
            Class<I> type, Access<IamRequest> access, BiFunction<Entity, ? super I, Entity> change) {
        operations.act(
                type,
                access,
                request -> entities.change(kind, kind.in(request), entity -> change.apply(entity, request)));
    }

    /** An operation on the entity that a request names, without an answer. */
    <I extends IamRequest> void act(Class<I> type, Consumer<? super I> handler) {
        operations.act(type, named(), handler);
    }

    /** An operation on the entity that a request names, and its answer. */
    <I extends IamRequest, O extends IamResponse> void answer(Class<I> type, Function<? super I, O> handler) {
        operations.on(type, named(), handler);
    }

    /** An operation on the user that a request names, or else on the user who calls. */
    <I extends IamRequest, O extends IamResponse> void answerOfCaller(
            Class<I> type, BiFunction<String, ? super I, O> handler) {
        operations.register(
                type,
                Access.ofCaller((request, caller) -> on(nameOr(kind.named(request), caller), Map.of())),
                (request, call) -> handler.apply(nameOr(kind.named(request), call.caller()), request));
    }

    /** The page of a list that a request asks for. */
    static <T, O, B extends SdkBuilder<B, O> & SdkPojo> O page(
            IamRequest request, B response, List<T> all, Function<T, String> key, Function<T, ?> view) {
        return PAGES.answer(request, response, all, key, view);
    }

    /** Whether an entity is below the path that a request names, if it does. */
    static boolean inPath(Entity entity, IamRequest request) {
        String prefix = text(request, "PathPrefix");
        return prefix == null || entity.path().startsWith(prefix);
    }

    private static @Nullable String text(SdkPojo request, String member) {
        return Members.get(request, member, String.class).orElse(null);
    }

    private Access<IamRequest> named() {
        return request -> List.of(on(kind.in(request), Map.of()));
    }

    /** The question about the named entity for an operation that attaches or detaches a policy. */
    Access<IamRequest> namingPolicy() {
        return request -> List.of(on(kind.in(request), Map.of("iam:PolicyARN", "" + text(request, "PolicyArn"))));
    }

    /** The question about the named entity for an operation that bounds it. */
    Access<IamRequest> namingBoundary() {
        return request -> List.of(on(kind.in(request), Map.of(BOUNDARY, "" + text(request, "PermissionsBoundary"))));
    }

    /** The question about the named entity for an operation that tags it. */
    Access<IamRequest> namingTags() {
        return request -> List.of(on(kind.in(request), requestTags(request)));
    }

    /** The operation's own action on the named entity, and what conditions may want to know of it and of the request. */
    Access.Question on(String key, Map<String, String> request) {
        Map<String, String> context = new HashMap<>();
        String arn = entities.find(kind, key)
                .map(entity -> {
                    entity.tags().forEach(tag -> {
                        context.put("aws:ResourceTag/" + tag.key(), tag.value());
                        context.put("iam:ResourceTag/" + tag.key(), tag.value());
                    });
                    entity.boundary().ifPresent(boundary -> context.put(BOUNDARY, boundary));
                    return entity.arn();
                })
                .orElseGet(() -> kind == Kind.POLICY ? key : entities.arn(kind, null, key));
        context.putAll(request);
        return new Access.Question(null, arn, context);
    }

    /** For whoever creates an entity: it may be tagged and bounded at once. */
    private List<Access.Question> creation(IamRequest request) {
        String arn = entities.arn(kind, text(request, "Path"), "" + text(request, kind.title() + "Name"));
        Map<String, String> context = requestTags(request);
        boolean tags = !context.isEmpty();
        Members.get(request, "PermissionsBoundary", String.class)
                .ifPresent(boundary -> context.put(BOUNDARY, boundary));
        List<Access.Question> questions = new ArrayList<>(List.of(new Access.Question(null, arn, context)));
        if (tags) {
            questions.add(new Access.Question("iam:Tag" + kind.title(), arn, context));
        }
        return questions;
    }

    private static Map<String, String> requestTags(IamRequest request) {
        Map<String, String> keys = new HashMap<>();
        Tags.in(request).forEach(tag -> keys.put("aws:RequestTag/" + tag.key(), tag.value()));
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
}
