package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.event.BalancerEvent;
import dev.resilient.loadbalancer.io.BalancerOptions;
import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.proxy.Proxy;
import dev.resilient.loadbalancer.rotation.CookieSeal;
import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import dev.resilient.time.SystemTime;
import dev.resilient.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * An HTTP/1.1 load balancer in this JVM that behaves as an AWS Application Load Balancer does.
 *
 * <p>Built and started by {@link Builder#start}; stopped for good by {@link #close}. Thread-safe.
 */
public final class LoadBalancer implements AutoCloseable {
    private final Workers workers;
    private final Proxy proxy;
    private final GroupOwner owner;
    private final Nodes nodes;
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Predicate<InetAddress> admission;
    private boolean closed;

    private LoadBalancer(BalancerOptions options, Builder chosen) {
        this.workers = new Workers(options);
        this.proxy = new Proxy(workers);
        this.nodes = new Nodes(chosen.zones, this::groups);
        this.owner = new GroupOwner(workers, new CookieSeal(), nodes, chosen.anomalyInterval);
        this.admission = chosen.admission;
    }

    private Set<TargetGroup> groups() {
        Set<TargetGroup> groups = new HashSet<>();
        listeners.forEach(listener -> groups.addAll(listener.groups()));
        return groups;
    }

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
        return listen(address, defaultAction, client -> true);
    }

    /**
     * Like {@link #listen(InetSocketAddress, Action)}, for a listener that is choosier than its load balancer: a connection must
     * be admitted by both. {@code listenerAdmission} is asked for each connection, on the threads that carry the traffic.
     */
    public Listener listen(InetSocketAddress address, Action defaultAction, Predicate<InetAddress> listenerAdmission)
            throws IOException {
        lifecycle.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the load balancer is closed");
            }
            Predicate<InetAddress> both = client -> admission.test(client) && listenerAdmission.test(client);
            Behaviour behaviour = new Behaviour(defaultAction, List.of());
            Listener listener = Listener.open(
                    new Listener.Place(workers, proxy, owner, nodes), address, behaviour, both, listeners::remove);
            listeners.add(listener);
            return listener;
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Whether clients are sent to the node in {@code zone}: whether each target group that a listener forwards to has as many healthy
     * targets as its minimum for DNS failover asks for, in that zone or, with cross-zone load balancing, in all zones together. New
     * connections are with healthy nodes, or with any where none is healthy.
     */
    public boolean isZoneHealthy(String zone) {
        return nodes.isHealthy(zone);
    }

    /** Replaces the rule that says whose connections are accepted; connections that exist already stay. */
    public void setAdmission(Predicate<InetAddress> newAdmission) {
        admission = newAdmission;
    }

    /**
     * Has nodes in these zones from now on, as {@link Builder#zones} says: targets in other zones are unused at once, requests that
     * they have in flight are finished, and those in new zones are checked first.
     */
    public void setZones(Collection<String> newZones) {
        nodes.setZones(Builder.distinct(newZones));
        groups().forEach(group -> group.rotation().zonesChanged());
    }

    /** The settings of this moment. */
    public LoadBalancerSettings settings() {
        return workers.settings();
    }

    /** Replaces the settings, from the next request on, also on connections that exist already. */
    public void setSettings(LoadBalancerSettings settings) {
        workers.setSettings(settings);
    }

    /**
     * Closes listeners, connections, health checks and threads, and waits until they are gone; requests in flight are cut. May be
     * called again. Not to be called by the consumer of events.
     */
    @Override
    public void close() {
        lifecycle.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lifecycle.unlock();
        }
        listeners.forEach(Listener::close);
        workers.close();
    }

    /** What can be chosen about a load balancer. Not thread-safe. */
    public static final class Builder {
        private TimeSource time = SystemTime.INSTANCE;
        private RandomGenerator random = new Random();
        private Consumer<? super BalancerEvent> events = event -> {};
        private int workerThreads = Runtime.getRuntime().availableProcessors();
        private LoadBalancerSettings settings = LoadBalancerSettings.DEFAULT;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Predicate<InetAddress> admission = client -> true;
        private Predicate<InetSocketAddress> reaches = target -> true;
        private List<String> zones = List.of();
        private Duration anomalyInterval = Duration.ofSeconds(5);

        private Builder() {}

        /** Where time stamps come from; default the machine's clocks. Waiting is always real. */
        public Builder time(TimeSource newTime) {
            time = newTime;
            return this;
        }

        /** Where chance comes from: trace ids, choices and the moments of health checks. Must be thread-safe. */
        public Builder random(RandomGenerator newRandom) {
            random = newRandom;
            return this;
        }

        /**
         * Who is told what happens; default nobody. Called on the threads that carry the traffic: it must be thread-safe and must
         * not block. What it throws is logged.
         */
        public Builder events(Consumer<? super BalancerEvent> newEvents) {
            events = newEvents;
            return this;
        }

        /** Threads that carry the traffic; one or more, default one per processor. */
        public Builder workerThreads(int threads) {
            if (threads < 1) {
                throw new IllegalArgumentException("a load balancer needs a worker thread, not " + threads);
            }
            workerThreads = threads;
            return this;
        }

        /** What can also be changed later; default {@link LoadBalancerSettings#DEFAULT}. */
        public Builder settings(LoadBalancerSettings newSettings) {
            settings = newSettings;
            return this;
        }

        /** How long a connection may be silent, as {@link LoadBalancerSettings#withIdleTimeout} sets it. */
        public Builder idleTimeout(Duration timeout) {
            settings = settings.withIdleTimeout(timeout);
            return this;
        }

        /** How long connecting to a target may take; positive, default 10 s. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive(timeout);
            return this;
        }

        /** Whose connections are accepted, by the remote address; others are closed without a byte. Default everybody's. */
        public Builder admission(Predicate<InetAddress> newAdmission) {
            admission = newAdmission;
            return this;
        }

        /**
         * Which addresses of targets new connections get through to, asked for each one; default every address. An attempt to
         * connect to another is left without an answer, as by a firewall that drops packets: it ends when its time is up. One
         * about which this throws fails at once.
         * Called on the threads that carry the traffic: it must be thread-safe and must not block.
         */
        public Builder reaches(Predicate<InetSocketAddress> newReaches) {
            reaches = newReaches;
            return this;
        }

        /**
         * The zones that it has a node in. Each new connection is with one node, in turn among the healthy ones; targets in other
         * zones are unused. Default none: one node that knows no zones, for which cross-zone load balancing is always on.
         */
        public Builder zones(Collection<String> newZones) {
            zones = distinct(newZones);
            return this;
        }

        /** How often targets are compared with their peers to find those that fail more often; positive, default 5 s. */
        public Builder anomalyInterval(Duration interval) {
            anomalyInterval = positive(interval);
            return this;
        }

        /** Starts the threads; nothing listens yet. */
        public LoadBalancer start() {
            return new LoadBalancer(
                    new BalancerOptions(time, random, events, workerThreads, settings, connectTimeout, reaches), this);
        }

        private static List<String> distinct(Collection<String> zones) {
            return zones.stream().distinct().toList();
        }

        private static Duration positive(Duration timeout) {
            if (!timeout.isPositive()) {
                throw new IllegalArgumentException("a timeout or interval is positive, not " + timeout);
            }
            return timeout;
        }
    }
}
