package dev.resilient.cloud.iam;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.OperationShapes;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.wire.Access;
import dev.resilient.wire.Caller;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.IamRequest;
import software.amazon.awssdk.services.iam.model.IamResponse;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Registers the operations on entities of one kind, with what IAM is asked before: mostly about the one that a request names, or
 * else about the user who calls.
 *
 * @param view all that is shown of one
 */
record Registrar(OperationRegistry operations, Entities entities, Kind kind, Function<Entity, SdkPojo> view) {
    static final PageRules PAGES = new PageRules(
            100, Integer.MAX_VALUE, marker -> ServiceError.badRequest("ValidationError", "Invalid Marker."));

    /** What an operation is there for; it fills in the response. */
    @FunctionalInterface
    interface Answer<T, I> {
        void about(T subject, I request, SdkPojo response);
    }

    /** The request of an operation that is called alike for several kinds: {@code Tag%s}. */
    Class<? extends IamRequest> of(String operation) {
        return OperationShapes.request(IamRequest.class, operation.formatted(kind.title()));
    }

    /** The operation that makes an entity, of which {@code complete} makes what else the request asks for. */
    <I extends IamRequest> void create(Class<I> type, BiFunction<Entity, ? super I, Entity> complete) {
        on(
                type,
                this::creation,
                (_, request, response) ->
                        show(entities.add(complete.apply(entities.made(kind, request), request)), response));
    }

    /** The operation that shows an entity. */
    void get(Class<? extends IamRequest> type) {
        answer(type, (entity, _, response) -> show(entity, response));
    }

    private void show(Entity entity, SdkPojo response) {
        Members.set(response, kind.title(), view.apply(entity));
    }

    /** The operation that lists the entities below a path, those that pass. */
    <I extends IamRequest> void list(Class<I> type, BiPredicate<? super I, Entity> passes) {
        on(
                type,
                Access.resource(request -> entities.arn(kind, text(request, "PathPrefix"), "")),
                (_, request, response) -> PAGES.fill(
                        request,
                        response,
                        entities.all(kind).list().stream()
                                .filter(entity -> inPath(entity, request) && passes.test(request, entity))
                                .toList(),
                        Entity::key,
                        entity -> kind.listed(view.apply(entity))));
    }

    /** The operation that removes an entity, unless {@code check} finds something against it. */
    void delete(Class<? extends IamRequest> type, Consumer<Entity> check) {
        on(type, named(), (caller, request, _) -> entities.remove(kind, key(request, caller), check));
    }

    /** An operation that replaces an entity by another, and answers nothing. */
    <I extends IamRequest> void change(Class<I> type, BiFunction<Entity, ? super I, Entity> change) {
        change(type, named(), change);
    }

    /** Like {@link #change(Class, BiFunction)}, for an operation about more than the one entity. */
    <I extends IamRequest> void change(
            Class<I> type, Access<? super I> access, BiFunction<Entity, ? super I, Entity> change) {
        on(
                type,
                access,
                (caller, request, _) ->
                        entities.change(kind, key(request, caller), entity -> change.apply(entity, request)));
    }

    /** An operation about an entity, and its answer. */
    <I extends IamRequest> void answer(Class<I> type, Answer<Entity, ? super I> answer) {
        on(
                type,
                named(),
                (caller, request, response) ->
                        answer.about(entities.get(kind, key(request, caller)), request, response));
    }

    /** An operation that lists what an entity has. */
    <I extends IamRequest, T> void list(
            Class<I> type, BiFunction<Entity, ? super I, List<T>> all, Function<T, String> key) {
        answer(
                type,
                (entity, request, response) ->
                        PAGES.fill(request, response, all.apply(entity, request), key, Function.identity()));
    }

    private <I extends IamRequest> void on(Class<I> type, Access<? super I> access, Answer<Caller, ? super I> answer) {
        operations.register(type, access, (request, call) -> {
            SdkPojo response = OperationShapes.response(type);
            answer.about(call.caller(), request, response);
            return (IamResponse) ((Buildable) response).build();
        });
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
        return Access.ofCaller((request, caller) -> on(key(request, caller)));
    }

    /** What the entity is found by that a request is about. */
    private String key(IamRequest request, Caller caller) {
        return kind.named(request).orElseGet(() -> {
            refuseIf(
                    !caller.arn().contains(":user/"),
                    () -> ServiceError.badRequest(
                            "ValidationError", "Must specify userName when calling with non-User credentials"));
            return caller.arn().substring(caller.arn().lastIndexOf('/') + 1);
        });
    }

    /** The operation's own action on an entity. */
    Access.Question on(String key) {
        String arn = entities.find(kind, key)
                .map(Entity::arn)
                .orElseGet(() -> kind == Kind.POLICY ? key : entities.arn(kind, null, key));
        return new Access.Question(null, arn, Map.of());
    }

    /** For whoever creates an entity: it may be tagged and bounded at once. */
    private List<Access.Question> creation(IamRequest request) {
        String arn = entities.arn(kind, text(request, "Path"), "" + text(request, kind.title() + "Name"));
        Access.Question create = new Access.Question(null, arn, Map.of());
        return Tags.in(request).isEmpty()
                ? List.of(create)
                : List.of(create, new Access.Question("iam:Tag" + kind.title(), arn, Map.of()));
    }
}
