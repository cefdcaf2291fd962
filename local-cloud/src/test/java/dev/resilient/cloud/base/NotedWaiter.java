package dev.resilient.cloud.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * All waiters that the SDK has for one service, and which of them were called: one that the SDK adds cannot be forgotten.
 *
 * @param <W> the SDK's interface
 */
public final class NotedWaiter<W> {
    /** Looks often and long. */
    public static final WaiterOverrideConfiguration OFTEN = WaiterOverrideConfiguration.builder()
            .maxAttempts(1000)
            .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(20)))
            .build();

    private final Class<W> kind;
    private final W waiter;
    private final Set<String> called = ConcurrentHashMap.newKeySet();

    /** Notes what is called of {@code waiter}. */
    public NotedWaiter(Class<W> kind, W waiter) {
        this.kind = kind;
        this.waiter = waiter;
    }

    /** The waiter, noted. */
    public W noted() {
        Object noting = Proxy.newProxyInstance(
                kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> call(method, arguments));
        return kind.cast(noting);
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        called.add(method.getName());
        try {
            return method.invoke(waiter, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** Fails if there is one that was not called. */
    public void assertAllCalled() {
        assertThat(called)
                .containsAll(Arrays.stream(kind.getMethods())
                        .map(Method::getName)
                        .filter(name -> name.startsWith("waitUntil"))
                        .collect(Collectors.toSet()));
    }
}
