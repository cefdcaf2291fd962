package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.io.Workers;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.HashMap;
import java.util.Map;

/** Carries requests from clients to targets and responses back, on a worker for each event loop. Thread-safe. */
public final class Proxy {
    private final Workers workers;
    private final Map<EventLoop, Worker> byLoop = new HashMap<>();

    /** Begins with no connection to any target. */
    public Proxy(Workers workers) {
        this.workers = workers;
        for (EventLoop loop : workers.loops()) {
            byLoop.put(loop, new Worker(workers, loop, new TargetConnectionPool(workers, loop)));
        }
    }

    /** Takes over a connection that {@code reception} has accepted. */
    public ClientConnection accept(SocketChannel accepted, Reception reception) {
        Worker worker = byLoop.get(accepted.eventLoop());
        if (worker == null) {
            throw new IllegalArgumentException("not a loop of this load balancer: " + accepted.eventLoop());
        }
        ClientConnection connection = new ClientConnection(workers.tracked(accepted), worker, reception);
        accepted.pipeline().addLast(connection);
        return connection;
    }
}
