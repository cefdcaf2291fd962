package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.DesyncReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request that has passed the guard says.
 *
 * @param uri the request target as the client sent it
 * @param path the request target in origin form: path and query, or {@code *}
 * @param host the host asked for, without the port; empty if the client, of HTTP/1.0, named none
 * @param http11 whether the client speaks HTTP/1.1, else HTTP/1.0
 * @param keepAlive whether the client wants to send another request on the connection
 * @param upgrade the protocols that the client offers to speak instead, as it named them; empty if it offers none
 * @param desync what could make two readers disagree about the request; null if it complies
 * @param isLast whether nobody may send another request on the client's or the target's connection after it
 */
public record RequestHead(
        MessageHead fields,
        String method,
        String uri,
        String path,
        String host,
        boolean http11,
        boolean keepAlive,
        BodyLength body,
        String upgrade,
        @Nullable DesyncReason desync,
        boolean isLast) {

    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** What the client calls itself; empty if it does not say. */
    public String userAgent() {
        return fields.first("user-agent");
    }

    /** The values of all fields of this name, given in lower case, in their order. */
    public List<String> values(String name) {
        return fields.values(name);
    }

    public boolean offersUpgrade() {
        return !upgrade.isEmpty();
    }

    /** How many characters of {@link #path} are before the query. */
    public int pathLength() {
        int mark = path.indexOf('?');
        return mark < 0 ? path.length() : mark;
    }

    /** What is behind the question mark; empty if there is none. */
    public String query() {
        int mark = path.indexOf('?');
        return mark < 0 ? "" : path.substring(mark + 1);
    }

    /** The value of the first cookie of this name, as it was sent; null if there is none. */
    public @Nullable String cookie(String name) {
        return Cookies.value(fields, name);
    }

    public boolean hasBody() {
        return !body.equals(BodyLength.NONE);
    }
}
