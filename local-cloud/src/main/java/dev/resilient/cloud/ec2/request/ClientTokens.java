package dev.resilient.cloud.ec2.request;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
        Creation<R> mine = new Creation<>(request, new CompletableFuture<>());
        Creation<R> first = creations.putIfAbsent(token, mine);
        return first == null ? carryOut(token, mine, creation) : repeat(first, request);
    }

    private R carryOut(String token, Creation<R> mine, Supplier<R> creation) {
        try {
            R result = creation.get();
            mine.result.complete(result);
            return result;
        } catch (RuntimeException failure) {
            creations.remove(token, mine);
            mine.result.completeExceptionally(failure);
            throw failure;
        }
    }

    private R repeat(Creation<R> first, Object request) {
        refuseIf(
                !first.request.equals(request),
                "IdempotentParameterMismatch",
                "Arguments on this idempotent request are inconsistent with arguments used in previous"
                        + " request(s).");
        try {
            return first.result.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof ServiceError error ? error : failed;
        }
    }

    private record Creation<R>(Object request, CompletableFuture<R> result) {}
}
