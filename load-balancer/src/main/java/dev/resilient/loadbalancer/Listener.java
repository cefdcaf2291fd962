package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.http.BalancerResponse;
import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.io.Channels;
import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.proxy.ClientConnection;
import dev.resilient.loadbalancer.proxy.Proxy;
import dev.resilient.loadbalancer.proxy.Reception;
import dev.resilient.loadbalancer.rule.Route;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An address on which a load balancer accepts connections, and what it does with the requests. Thread-safe. */
public final class Listener implements AutoCloseable {
    private final Workers workers;
    private final Proxy proxy;
    private final Predicate<InetAddress> admission;
    private final Consumer<Listener> onClose;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock changes = new ReentrantLock();
    private volatile Action action;
    private volatile Route route;
    private volatile boolean sendsServer = true;
    private volatile boolean open = true;
    private volatile @Nullable Channel channel;
    private volatile InetSocketAddress address;

    private Listener(
            Workers workers,
            Proxy proxy,
            InetSocketAddress address,
            Action action,
            Predicate<InetAddress> admission,
            Consumer<Listener> onClose) {
        this.workers = workers;
        this.proxy = proxy;
        this.address = address;
        this.action = action;
        this.route = compiled(action);
        this.admission = admission;
        this.onClose = onClose;
    }

    static Listener open(
            Workers workers,
            Proxy proxy,
            InetSocketAddress address,
            Action action,
            Predicate<InetAddress> admission,
            Consumer<Listener> onClose)
            throws IOException {
        Listener listener = new Listener(workers, proxy, address, action, admission, onClose);
        use(action, workers);
        try {
            Channel bound = workers.listen(address, listener.new Acceptor());
            listener.channel = bound;
            listener.address = (InetSocketAddress) bound.localAddress();
            return listener;
        } catch (IOException failure) {
            release(action);
            throw failure;
        }
    }

    /** The address it is bound to, with the real port where port 0 was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /** What is done with a request. */
    public Action defaultAction() {
        return action;
    }

    /**
     * Changes what is done with requests from the next one on, also on connections that exist already.
     *
     * @throws IllegalStateException if the listener is closed, or the action forwards to a group of another load balancer
     */
    public void setDefaultAction(Action newAction) {
        changes.lock();
        try {
            if (!open) {
                throw new IllegalStateException("the listener on " + address + " is closed");
            }
            use(newAction, workers);
            Action old = action;
            action = newAction;
            route = compiled(newAction);
            release(old);
        } finally {
            changes.unlock();
        }
    }

    /**
     * Says whether responses have a Server field: the targets' own and the {@code awselb/2.0} of answers made here. Default yes, as
     * AWS's attribute {@code routing.http.response.server.enabled}. Holds from the next response on.
     */
    public void setSendsServer(boolean sends) {
        sendsServer = sends;
    }

    /** Stops accepting connections; requests in flight finish, then their connections are closed. May be called again. */
    @Override
    public void close() {
        changes.lock();
        try {
            if (!open) {
                return;
            }
            open = false;
            release(action);
        } finally {
            changes.unlock();
        }
        Channel bound = channel;
        if (bound != null) {
            bound.close().awaitUninterruptibly();
        }
        connections.forEach(ClientConnection::listenerClosed);
        onClose.accept(this);
    }

    private static Route compiled(Action action) {
        return switch (action) {
            case Action.Forward(TargetGroup group) -> new Route.ToTarget(group.rotation());
            case Action.FixedResponse(int status, String contentType, String body) ->
                new Route.Answer(status, BalancerResponse.of(status, contentType, body));
        };
    }

    private static void use(Action action, Workers workers) {
        if (action instanceof Action.Forward(TargetGroup group)) {
            group.rotation().use(new GroupOwner(workers));
        }
    }

    private static void release(Action action) {
        if (action instanceof Action.Forward(TargetGroup group)) {
            group.rotation().release();
        }
    }

    /** Lets in whom the admission rule admits; others see their connection closed without a byte. */
    private final class Acceptor extends ChannelInitializer<SocketChannel> implements Reception {
        @Override
        protected void initChannel(SocketChannel accepted) {
            if (!admission.test(accepted.remoteAddress().getAddress())) {
                Channels.close(accepted);
                return;
            }
            ClientConnection connection = proxy.accept(accepted, this);
            connections.add(connection);
            if (!open) {
                connection.listenerClosed();
            }
        }

        @Override
        public Route route(RequestHead request) {
            return route;
        }

        @Override
        public int port() {
            return address.getPort();
        }

        @Override
        public boolean sendsServer() {
            return sendsServer;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void closed(ClientConnection connection) {
            connections.remove(connection);
        }
    }
}
