package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.rule.Route;

/** The listener that accepted a connection, as the proxy sees it. Thread-safe; no method blocks. */
public interface Reception {

    /** What is done with a request. */
    Route route(RequestHead request);

    /** The port on which connections are accepted. */
    int port();

    /** Whether responses say in a Server field who made them. */
    boolean sendsServer();

    /** Whether requests are still accepted. */
    boolean isOpen();

    /** A connection has ended. */
    void closed(ClientConnection connection);
}
