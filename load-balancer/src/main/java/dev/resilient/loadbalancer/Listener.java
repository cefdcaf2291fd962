package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.http.ResponseEdit;
import dev.resilient.loadbalancer.io.Channels;
import dev.resilient.loadbalancer.io.Workers;
import dev.resilient.loadbalancer.proxy.ClientConnection;
import dev.resilient.loadbalancer.proxy.Proxy;
import dev.resilient.loadbalancer.proxy.Reception;
import dev.resilient.loadbalancer.rule.CompiledRule;
import dev.resilient.loadbalancer.rule.RuleTable;
import dev.resilient.loadbalancer.settings.ListenerSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An address on which a load balancer accepts connections, and what it does with the requests. Thread-safe. */
public final class Listener implements AutoCloseable {
    private final Place place;
    private final Predicate<InetAddress> admission;
    private final Consumer<Listener> onClose;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock changes = new ReentrantLock();
    private volatile Behaviour behaviour;
    private volatile RuleTable table;
    private volatile ResponseEdit responseEdit = ResponseEdit.of(ListenerSettings.DEFAULT);
    private volatile boolean open = true;
    private volatile @Nullable Channel channel;
    private volatile InetSocketAddress address;

    private Listener(
            Place place,
            InetSocketAddress address,
            Behaviour behaviour,
            Predicate<InetAddress> admission,
            Consumer<Listener> onClose) {
        this.place = place;
        this.address = address;
        this.behaviour = behaviour;
        this.table = behaviour.compiled(place.owner);
        this.admission = admission;
        this.onClose = onClose;
    }

    static Listener open(
            Place place,
            InetSocketAddress address,
            Behaviour behaviour,
            Predicate<InetAddress> admission,
            Consumer<Listener> onClose)
            throws IOException {
        Listener listener = new Listener(place, address, behaviour, admission, onClose);
        behaviour.use(place.owner);
        try {
            Channel bound = place.workers.listen(address, listener.new Acceptor());
            listener.channel = bound;
            listener.address = (InetSocketAddress) bound.localAddress();
            return listener;
        } catch (IOException failure) {
            behaviour.release();
            throw failure;
        }
    }

    /** What a listener gets from its load balancer. */
    record Place(Workers workers, Proxy proxy, GroupOwner owner, Nodes nodes) {}

    /** The address it is bound to, with the real port where port 0 was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /** What is done with a request that no rule applies to. */
    public Action defaultAction() {
        return behaviour.defaultAction();
    }

    /** Its rules, in order of priority. */
    public List<Rule> rules() {
        return behaviour.rules();
    }

    /**
     * Changes what is done with requests that no rule applies to, from the next one on, also on connections that exist already.
     *
     * @throws IllegalStateException if the listener is closed, or the action forwards to a group of another load balancer; nothing
     *     has changed then
     */
    public void setDefaultAction(Action newAction) {
        change(now -> now.withDefaultAction(newAction));
    }

    /**
     * Replaces the rules, from the next request on, also on connections that exist already.
     *
     * @param newRules in any order; none, as in the beginning, to do the same with all requests
     * @throws IllegalArgumentException if two rules have the same priority; nothing has changed then
     * @throws IllegalStateException if the listener is closed, or a rule forwards to a group of another load balancer; nothing has
     *     changed then
     */
    public void setRules(List<Rule> newRules) {
        change(now -> now.withRules(newRules));
    }

    private void change(UnaryOperator<Behaviour> change) {
        changes.lock();
        try {
            if (!open) {
                throw new IllegalStateException("the listener on " + address + " is closed");
            }
            Behaviour old = behaviour;
            Behaviour changed = change.apply(old);
            changed.use(place.owner);
            behaviour = changed;
            table = changed.compiled(place.owner);
            old.release();
        } finally {
            changes.unlock();
        }
    }

    /** Changes the settings, {@link ListenerSettings#DEFAULT} in the beginning, from the next response on. */
    public void setSettings(ListenerSettings settings) {
        responseEdit = ResponseEdit.of(settings);
    }

    /** The groups that it forwards to. */
    List<TargetGroup> groups() {
        return behaviour.groups();
    }

    /**
     * Stops accepting connections; requests in flight finish, then their connections are closed. In flight is also what reaches a
     * kept-alive connection before its end has reached the client. May be called again.
     */
    @Override
    public void close() {
        changes.lock();
        try {
            if (!open) {
                return;
            }
            open = false;
            behaviour.release();
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

    /** Lets in whom the admission rule admits; others see their connection closed without a byte. */
    private final class Acceptor extends ChannelInitializer<SocketChannel> implements Reception {
        @Override
        protected void initChannel(SocketChannel accepted) {
            if (!admission.test(accepted.remoteAddress().getAddress())) {
                Channels.close(accepted);
                return;
            }
            ClientConnection connection = place.proxy.accept(accepted, this);
            connections.add(connection);
            if (!open) {
                connection.listenerClosed();
            }
        }

        @Override
        public CompiledRule ruleFor(RequestHead request, InetAddress client) {
            return table.ruleFor(request, client);
        }

        @Override
        public @Nullable String nextZone() {
            return place.nodes.next();
        }

        @Override
        public int port() {
            return address.getPort();
        }

        @Override
        public ResponseEdit responseEdit() {
            return responseEdit;
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
