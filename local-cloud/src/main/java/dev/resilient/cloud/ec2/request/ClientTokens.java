package dev.resilient.cloud.ec2.request;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes creations idempotent by the token that the client gives them: the same request is carried out once, however often it
 * comes. Thread-safe.
 *
 * @param <R> what tells the first creation's result again: an id, or several
 */
public final class ClientTokens<R> {
    private final Map<String, Creation<R>> creations = new ConcurrentHashMap<>();

    /**
     * The result of the creation that came with this token first. One that failed is forgotten, so that it can be tried again.
     *
     * @param token null for a creation that is not idempotent
     * @throws ServiceError {@code IdempotentParameterMismatch} if the first request was another one
     */
    public R once(@Nullable String token, Object request, Supplier<R> creation) {
        if (token == null) {
            return creation.get();
        }
        Creation<R> first = creations.computeIfAbsent(token, fresh -> new Creation<>(request, creation.get()));
        refuseIf(
                !first.request.equals(request),
                "IdempotentParameterMismatch",
                "Arguments on this idempotent request are inconsistent with arguments used in previous"
                        + " request(s).");
        return first.result;
    }

    private record Creation<R>(Object request, R result) {}
}
