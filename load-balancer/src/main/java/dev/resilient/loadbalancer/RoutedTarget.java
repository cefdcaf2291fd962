package dev.resilient.loadbalancer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a target in the rotation, from registration (or its group's coming into use) until it is gone: who is connected to it
 * and how many requests it has. Thread-safe.
 */
final class RoutedTarget {
    private final Target target;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Set<TargetConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile @Nullable HealthChecker checker;
    private volatile boolean retired;

    RoutedTarget(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    int inFlight() {
        return inFlight.get();
    }

    void requestBegan() {
        inFlight.incrementAndGet();
    }

    void requestEnded() {
        inFlight.decrementAndGet();
    }

    void checkBy(HealthChecker newChecker) {
        checker = newChecker;
    }

    boolean isCheckedBy(HealthChecker asking) {
        return checker == asking;
    }

    void opened(TargetConnection connection) {
        connections.add(connection);
        if (retired) {
            connection.retire();
        }
    }

    void closed(TargetConnection connection) {
        connections.remove(connection);
    }

    /** Ends whatever is still in flight, and every connection. */
    void retire() {
        retired = true;
        connections.forEach(TargetConnection::retire);
    }
}
