package dev.resilient.loadbalancer.proxy;

import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.http.ResponseEdit;
import dev.resilient.loadbalancer.rule.CompiledRule;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The listener that accepted a connection, as the proxy sees it. Thread-safe; no method blocks. */
public interface Reception {

    /** The rule for a request of this client. */
    CompiledRule ruleFor(RequestHead request, InetAddress client);

    /** The zone that a new connection comes in by; null if the load balancer knows no zones. */
    @Nullable
    String nextZone();

    /** The port on which connections are accepted. */
    int port();

    /** How responses are changed for clients. */
    ResponseEdit responseEdit();

    /** Whether requests are still accepted. */
    boolean isOpen();

    /** A connection has ended. */
    void closed(ClientConnection connection);
}
