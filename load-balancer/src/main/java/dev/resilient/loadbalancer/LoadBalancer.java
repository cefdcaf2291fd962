package dev.resilient.loadbalancer;

import dev.resilient.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * An HTTP/1.1 load balancer in this JVM that behaves as an AWS Application Load Balancer does.
 *
 * <p>Built and started by {@link Builder#start}; stopped for good by {@link #close}. Thread-safe.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"}) // bodies follow
public final class LoadBalancer implements AutoCloseable {

    /** A load balancer with the defaults that the methods of {@link Builder} name. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Accepts connections on {@code address} and treats their requests as {@code defaultAction} says.
     *
     * @param address an IP address and a port, 0 for any free one
     * @throws IOException if the address cannot be bound
     * @throws IllegalStateException if the load balancer is closed, or the action forwards to a group of another one
     */
    public Listener listen(InetSocketAddress address, Action defaultAction) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Replaces the rule that says whose connections are accepted; connections that exist already stay. */
    public void setAdmission(Predicate<InetAddress> admission) {
        throw new UnsupportedOperationException();
    }

    /** Closes listeners, connections, health checks and threads, and waits until they are gone. May be called again. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** What can be chosen about a load balancer. Not thread-safe. */
    public static final class Builder {

        /** Where time comes from; default the machine's clocks. Waiting is always real. */
        public Builder time(TimeSource time) {
            throw new UnsupportedOperationException();
        }

        /** Where chance comes from: trace ids and the moments of health checks. Called by many threads. */
        public Builder random(RandomGenerator random) {
            throw new UnsupportedOperationException();
        }

        /**
         * Who is told what happens; default nobody. Called on the threads that carry the traffic: it must be thread-safe and must
         * not block. What it throws is logged.
         */
        public Builder events(Consumer<? super BalancerEvent> events) {
            throw new UnsupportedOperationException();
        }

        /** Threads that carry the traffic; default one per processor. */
        public Builder workerThreads(int threads) {
            throw new UnsupportedOperationException();
        }

        /** How long a connection may be silent; positive, default 60 s. */
        public Builder idleTimeout(Duration timeout) {
            throw new UnsupportedOperationException();
        }

        /** How long connecting to a target may take; positive, default 10 s. */
        public Builder connectTimeout(Duration timeout) {
            throw new UnsupportedOperationException();
        }

        /** Whose connections are accepted, by the remote address; others are closed without a byte. Default everybody's. */
        public Builder admission(Predicate<InetAddress> admission) {
            throw new UnsupportedOperationException();
        }

        /** Starts the threads; nothing listens yet. */
        public LoadBalancer start() {
            throw new UnsupportedOperationException();
        }
    }
}
