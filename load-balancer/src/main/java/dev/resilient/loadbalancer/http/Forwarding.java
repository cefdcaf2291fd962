package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.settings.LoadBalancerSettings;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a target is told about where a request comes from.
 *
 * @param client the client's end of its connection
 * @param port the port of the listener
 * @param traceId the value of X-Amzn-Trace-Id
 */
public record Forwarding(LoadBalancerSettings settings, InetSocketAddress client, int port, String traceId) {
    private static final int HTTP_PORT = 80;

    /** The value of X-Forwarded-For after what came; empty if there is to be none. */
    String forwardedFor(List<String> received) {
        return switch (settings.forwardedFor()) {
            case APPEND -> {
                String before = String.join(", ", received);
                yield before.isEmpty() ? clientLiteral() : before + ", " + clientLiteral();
            }
            case PRESERVE -> String.join(", ", received);
            case REMOVE -> "";
        };
    }

    /** An IPv6 address in its shortest form (RFC 5952), in brackets only before a port. */
    private String clientLiteral() {
        String address = NetUtil.toAddressString(client.getAddress());
        if (!settings.forwardedClientPort()) {
            return address;
        }
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + client.getPort();
    }

    /** The value of Host; empty if there is to be none. */
    String host(RequestHead request) {
        if (settings.preserveHost()) {
            List<String> received = request.fields().values("host");
            return received.isEmpty() ? "" : received.getFirst();
        }
        return request.host().isEmpty() || port == HTTP_PORT ? request.host() : request.host() + ":" + port;
    }

    /** Whether a field does not reach the target because of its name. */
    boolean isDropped(MessageHead fields, int field) {
        return settings.dropInvalidHeaderFields() && fields.hasUnusualName(field);
    }
}
