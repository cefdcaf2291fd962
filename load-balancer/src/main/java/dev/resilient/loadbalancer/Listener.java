package dev.resilient.loadbalancer;

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
    private final Predicate<InetAddress> admission;
    private final Consumer<Listener> onClose;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock changes = new ReentrantLock();
    private volatile Action action;
    private volatile boolean open = true;
    private volatile @Nullable Channel channel;
    private volatile InetSocketAddress address;

    private Listener(
            Workers workers,
            InetSocketAddress address,
            Action action,
            Predicate<InetAddress> admission,
            Consumer<Listener> onClose) {
        this.workers = workers;
        this.address = address;
        this.action = action;
        this.admission = admission;
        this.onClose = onClose;
    }

    static Listener open(
            Workers workers,
            InetSocketAddress address,
            Action action,
            Predicate<InetAddress> admission,
            Consumer<Listener> onClose)
            throws IOException {
        Listener listener = new Listener(workers, address, action, admission, onClose);
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
            release(old);
        } finally {
            changes.unlock();
        }
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

    boolean isOpen() {
        return open;
    }

    void closed(ClientConnection connection) {
        connections.remove(connection);
    }

    private static void use(Action action, Workers workers) {
        if (action instanceof Action.Forward(TargetGroup group)) {
            group.use(workers);
        }
    }

    private static void release(Action action) {
        if (action instanceof Action.Forward(TargetGroup group)) {
            group.release();
        }
    }

    /** Lets in whom the admission rule admits; others see their connection closed without a byte. */
    private final class Acceptor extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel accepted) {
            if (!admission.test(accepted.remoteAddress().getAddress())) {
                Channels.close(accepted);
                return;
            }
            ClientConnection connection =
                    new ClientConnection(workers.tracked(accepted), workers.of(accepted.eventLoop()), Listener.this);
            connections.add(connection);
            accepted.pipeline().addLast(connection);
            if (!open) {
                connection.listenerClosed();
            }
        }
    }
}
