package dev.resilient.recommendation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One table's recommendations behind what protects the server from the table, and the table from the server: a time limit, a
 * bound on concurrent requests, and a circuit breaker. (Retries are the SDK's, which knows what is worth retrying.)
 *
 * <p>Health checks share the time limit only. They go past the circuit breaker, or they could not notice that the table is
 * back, and past the bound, or they would fail when the server is merely busy. At most one check is under way at a time;
 * whoever asks meanwhile gets its outcome. Thread-safe.
 */
final class GuardedRecommendations {
    private static final Logger log = LoggerFactory.getLogger(GuardedRecommendations.class);

    private final String table;
    private final Recommendations recommendations;
    private final Limits limits;
    private final Semaphore requests;
    private final CircuitBreaker breaker;
    private final AtomicReference<@Nullable FutureTask<Map<String, AttributeValue>>> check = new AtomicReference<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param requests one permit for each request that may use a table now */
    GuardedRecommendations(String table, Recommendations recommendations, Limits limits, Semaphore requests) {
        this.table = table;
        this.recommendations = recommendations;
        this.limits = limits;
        this.requests = requests;
        this.breaker = breaker(table, limits.openCircuit());
    }

    private static CircuitBreaker breaker(String table, Duration open) {
        if (open.isPositive()) {
            return CircuitBreaker.of(table, circuit(open));
        }
        CircuitBreaker none = CircuitBreaker.ofDefaults(table);
        none.transitionToDisabledState();
        return none;
    }

    /** Opens when half of the last ten requests failed, five at least; then one request at a time finds out. */
    private static CircuitBreakerConfig circuit(Duration open) {
        return CircuitBreakerConfig.custom()
                .slidingWindow(10, 5, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(open)
                .permittedNumberOfCallsInHalfOpenState(1)
                .writableStackTraceEnabled(false)
                .build();
    }

    /**
     * A recommendation for a request.
     *
     * @throws Unavailable if there is none, for whatever reason
     */
    Map<String, AttributeValue> next() throws InterruptedException {
        if (!breaker.tryAcquirePermission()) {
            throw new Unavailable("the circuit is open");
        }
        boolean called = false;
        try {
            if (!requests.tryAcquire(limits.turn().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unavailable("too many requests at once");
            }
            called = true;
            return measured();
        } finally {
            if (!called) {
                breaker.releasePermission();
            }
        }
    }

    /** Calls the table, and tells the breaker how that went; gives back the request's permit when the call has ended. */
    private Map<String, AttributeValue> measured() throws InterruptedException {
        long start = breaker.getCurrentTimestamp();
        try {
            Map<String, AttributeValue> item = limits.answer().call(recommendations::choose, requests::release);
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
            worked();
            return item;
        } catch (Unavailable failure) {
            breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
            failed(failure);
            throw failure;
        } catch (InterruptedException stopping) {
            breaker.releasePermission();
            throw stopping;
        }
    }

    /** Whether there is a recommendation to be had now. */
    boolean check() throws InterruptedException {
        FutureTask<Map<String, AttributeValue>> mine = new FutureTask<>(recommendations::choose);
        FutureTask<Map<String, AttributeValue>> running = Objects.requireNonNull(
                check.updateAndGet(earlier -> earlier == null || earlier.isDone() ? mine : earlier));
        if (running == mine) {
            Thread.ofVirtual().name("health-check").start(mine);
        }
        try {
            limits.answer().await(running);
            worked();
            return true;
        } catch (Unavailable failure) {
            running.cancel(true);
            failed(failure);
            return false;
        }
    }

    /** Whether requests are let through to the table now, in the word of the circuit breaker's state: closed, open, half_open, disabled. */
    String circuit() {
        return breaker.getState().name().toLowerCase(Locale.ROOT);
    }

    private void worked() {
        if (failing.compareAndSet(true, false)) {
            log.info("table {} works again", table);
        }
    }

    private void failed(Unavailable failure) {
        if (failing.compareAndSet(false, true)) {
            log.warn("table {} fails: {}", table, failure.getMessage());
        }
    }
}
