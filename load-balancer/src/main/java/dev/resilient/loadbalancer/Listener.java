package dev.resilient.loadbalancer;

import java.net.InetSocketAddress;

/** An address on which a load balancer accepts connections, and what it does with the requests. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class Listener implements AutoCloseable {

    /** The address it is bound to, with the real port where port 0 was asked for. */
    public InetSocketAddress address() {
        throw new UnsupportedOperationException();
    }

    /** What is done with a request. */
    public Action defaultAction() {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes what is done with requests from the next one on, also on connections that exist already.
     *
     * @throws IllegalStateException if the listener is closed, or the action forwards to a group of another load balancer
     */
    public void setDefaultAction(Action action) {
        throw new UnsupportedOperationException();
    }

    /** Stops accepting connections; requests in flight finish, then their connections are closed. May be called again. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
