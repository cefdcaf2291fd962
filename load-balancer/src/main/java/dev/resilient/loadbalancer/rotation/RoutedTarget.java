package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.Target;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a target in the rotation, from registration (or its group's coming into use) until it is gone: who is connected to it
 * and how many requests it has. Thread-safe.
 */
public final class RoutedTarget {
    private final Target target;
    private final Choice withoutCookies = new Choice(this, SetCookies.NONE);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Set<Retirable> connections = ConcurrentHashMap.newKeySet();
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile @Nullable Object checker;
    private volatile boolean retired;

    RoutedTarget(Target target) {
        this.target = target;
    }

    public Target target() {
        return target;
    }

    /** The choice of this target where nobody has to remember it. */
    Choice withoutCookies() {
        return withoutCookies;
    }

    int inFlight() {
        return inFlight.get();
    }

    public void requestBegan() {
        inFlight.incrementAndGet();
    }

    /**
     * A request is over.
     *
     * @param byItsFault whether the target did not answer it, or with a status of 5xx
     */
    public void requestEnded(boolean byItsFault) {
        inFlight.decrementAndGet();
        ended.increment();
        if (byItsFault) {
            failed.increment();
        }
    }

    /** Of all requests that are over. */
    Outcomes outcomes() {
        long failures = failed.sum();
        return new Outcomes(ended.sum(), failures);
    }

    public void checkBy(Object newChecker) {
        checker = newChecker;
    }

    public boolean isCheckedBy(Object asking) {
        return checker == asking;
    }

    public void opened(Retirable connection) {
        connections.add(connection);
        if (retired) {
            connection.retire();
        }
    }

    public void closed(Retirable connection) {
        connections.remove(connection);
    }

    /** Ends whatever is still in flight, and every connection. */
    void retire() {
        retired = true;
        connections.forEach(Retirable::retire);
    }
}
