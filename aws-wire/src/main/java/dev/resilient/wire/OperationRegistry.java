package dev.resilient.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The operations that one service supports, by name. The list of what is supported is this registry and nothing else: what
 * is not registered is answered with an error that names the operation.
 *
 * <p>Filled by one thread before the endpoint starts, read-only afterwards.
 */
public final class OperationRegistry {
    private final String signingName;
    private final Map<String, Operation<?, ?>> operations = new LinkedHashMap<>();
    private final Map<Route, Operation<?, ?>> routes = new LinkedHashMap<>();
    private final Map<Route, String> refusedRoutes = new LinkedHashMap<>();

    /** An empty registry of the service with this signing name. */
    public OperationRegistry(String signingName) {
        this.signingName = signingName;
    }

    /**
     * Registers the operation whose name is the request class's without {@code Request}.
     *
     * @throws IllegalStateException if the operation is registered already
     */
    public <I extends AwsRequest, O extends AwsResponse> void register(
            Class<I> requestType, Access<? super I> access, Handler<I, O> handler) {
        registerStreaming(requestType, access, (request, call) -> new Reply<>(handler.handle(request, call)));
    }

    /** Like {@link #register}, for an operation that need not know who calls. */
    public <I extends AwsRequest, O extends AwsResponse> void on(
            Class<I> requestType, Access<? super I> access, Function<? super I, O> handler) {
        register(requestType, access, (request, call) -> handler.apply(request));
    }

    /** Like {@link #register}, for an operation that IAM knows no resource for: one that describes. */
    public <I extends AwsRequest, O extends AwsResponse> void on(Class<I> requestType, Function<? super I, O> handler) {
        on(requestType, Access.anyResource(), handler);
    }

    /** Like {@link #register}, for an operation whose response says nothing. */
    public <I extends AwsRequest> void act(
            Class<I> requestType, Access<? super I> access, Consumer<? super I> handler) {
        AwsResponse nothing = emptyResponse(requestType);
        on(requestType, access, request -> {
            handler.accept(request);
            return nothing;
        });
    }

    /** Like {@link #register}, for an operation whose response carries a body that is no part of its typed response. */
    public <I extends AwsRequest, O extends AwsResponse> void registerStreaming(
            Class<I> requestType, Access<? super I> access, StreamingHandler<I, O> handler) {
        String name = nameOf(requestType);
        Operation<?, ?> earlier = operations.putIfAbsent(
                name, new Operation<>(name, signingName + ":" + name, requestType, access, handler));
        if (earlier != null) {
            throw new IllegalStateException(signingName + ":" + name + " is registered twice");
        }
    }

    /**
     * Says which HTTP requests mean an operation that is registered already, in a service whose requests do not name their
     * operation: S3.
     *
     * @throws IllegalStateException if the operation is not registered, or the route is taken
     */
    public void route(Class<? extends AwsRequest> requestType, Route route) {
        Operation<?, ?> operation = operations.get(nameOf(requestType));
        if (operation == null || routes.putIfAbsent(route, operation) != null) {
            throw new IllegalStateException(
                    operation == null ? nameOf(requestType) + " is not registered" : route + " is taken");
        }
    }

    /**
     * Says which HTTP requests mean something that is not supported, although without their marker they would mean an
     * operation that is: with {@code x-amz-copy-source}, a PUT is a CopyObject. They are refused whatever else they carry.
     *
     * @param name what the refusal calls it
     * @throws IllegalStateException if the route has no marker
     */
    public void refuse(String name, Route route) {
        if (route.markers() == 0) {
            throw new IllegalStateException(name + " would refuse every " + route.method());
        }
        refusedRoutes.put(route, name);
    }

    /** The operation of this name, in the letter case of the SDK's classes or any other. */
    public Optional<Operation<?, ?>> find(String name) {
        Operation<?, ?> exact = operations.get(name);
        return exact != null
                ? Optional.of(exact)
                : operations.values().stream()
                        .filter(operation -> operation.name().equalsIgnoreCase(name))
                        .findFirst();
    }

    /** What is supported, in alphabetical order. */
    public List<String> names() {
        return operations.keySet().stream().sorted().toList();
    }

    /** Every route with its operation. */
    public Map<Route, Operation<?, ?>> routes() {
        return routes;
    }

    /** Every route that is refused, with what the refusal calls it. */
    public Map<Route, String> refusedRoutes() {
        return refusedRoutes;
    }

    private static AwsResponse emptyResponse(Class<? extends AwsRequest> requestType) {
        String name = requestType.getName().replaceFirst("Request$", "Response");
        try {
            return (AwsResponse) ((Buildable) Invocation.builder(Class.forName(name))).build();
        } catch (ClassNotFoundException notOfTheSdk) {
            throw new IllegalArgumentException("there is no " + name, notOfTheSdk);
        }
    }

    private static String nameOf(Class<? extends AwsRequest> requestType) {
        return requestType.getSimpleName().replaceFirst("Request$", "");
    }
}
