package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.rotation.RoutedTarget;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The idle connections of one event loop, by target, the most recently used first. Confined to its loop. */
final class TargetConnectionPool {
    private final Workers workers;
    private final EventLoop loop;
    private final Map<RoutedTarget, Deque<TargetConnection>> idle = new HashMap<>();

    TargetConnectionPool(Workers workers, EventLoop loop) {
        this.workers = workers;
        this.loop = loop;
    }

    /** An idle connection that is still open, or a new one, that may still have to connect. */
    TargetConnection take(RoutedTarget routed) {
        Deque<TargetConnection> connections = idle.get(routed);
        TargetConnection connection = connections == null ? null : lastOpen(connections);
        return connection == null ? TargetConnection.open(workers, loop, this, routed) : connection;
    }

    private static @Nullable TargetConnection lastOpen(Deque<TargetConnection> connections) {
        TargetConnection connection = connections.pollLast();
        while (connection != null && !connection.isOpen()) {
            connection = connections.pollLast();
        }
        return connection;
    }

    void giveBack(TargetConnection connection, RoutedTarget routed) {
        idle.computeIfAbsent(routed, key -> new ArrayDeque<>()).addLast(connection);
    }

    void forget(TargetConnection connection, RoutedTarget routed) {
        Deque<TargetConnection> connections = idle.get(routed);
        if (connections != null) {
            connections.remove(connection);
            if (connections.isEmpty()) {
                idle.remove(routed);
            }
        }
    }
}
