package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets only requests through that every reader understands in the same way, so that no request can be smuggled inside another one.
 *
 * <p>Refused as an Application Load Balancer refuses what it classifies as severe, and stricter than its defensive mode in three
 * cases: a repeated Content-Length, Content-Length beside Transfer-Encoding, and a repeated Host. What a head may look like at all is
 * {@link HeadReader}'s to say, and the framing of chunks {@link ChunkedBody}'s.
 */
public final class RequestGuard {
    private static final Pattern VERSION = Pattern.compile("HTTP/([0-9])\\.([0-9])");
    private static final Pattern ABSOLUTE = Pattern.compile("https?://([^/?#]*)([/?].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=-]*)(?::[0-9]{0,5})?");
    private static final int PARTS = 3;

    private RequestGuard() {}

    /** @throws RejectedException if the request is to be refused, with the reason */
    public static RequestHead check(MessageHead head) throws RejectedException {
        String[] parts = head.startLine().split(" ", -1);
        require(parts.length == PARTS);
        String method = method(parts[0]);
        boolean http11 = isHttp11(parts[2]);
        Place place = place(method, parts[1], host(head, http11));
        return new RequestHead(
                head,
                method,
                parts[1],
                place.path,
                place.host,
                http11,
                ConnectionOptions.of(head).keepAlive(http11),
                body(head, http11));
    }

    private static String method(String method) throws RejectedException {
        require(!method.isEmpty()
                && method.chars().allMatch(c -> Bytes.isToken((byte) c))
                && !method.equals("CONNECT"));
        if (method.equals("TRACE")) {
            throw new RejectedException(BalancerReason.METHOD_NOT_ALLOWED);
        }
        return method;
    }

    private static boolean isHttp11(String version) throws RejectedException {
        if (version.equals("HTTP/1.1")) {
            return true;
        }
        require(VERSION.matcher(version).matches());
        if (!version.equals("HTTP/1.0")) {
            throw new RejectedException(BalancerReason.UNSUPPORTED_VERSION);
        }
        return false;
    }

    private static String host(MessageHead head, boolean http11) throws RejectedException {
        List<String> hosts = head.values("host");
        require(hosts.size() == 1 || (hosts.isEmpty() && !http11));
        return hosts.isEmpty() ? "" : hostname(hosts.getFirst());
    }

    private static String hostname(String authority) throws RejectedException {
        Matcher matcher = HOST.matcher(authority);
        require(matcher.matches());
        return matcher.group(1);
    }

    /** An absolute request target names the host itself, and overrides the field: RFC 9112 section 3.2.2. */
    private static Place place(String method, String uri, String host) throws RejectedException {
        require(!uri.isEmpty() && uri.chars().allMatch(c -> Bytes.isText((byte) c)));
        if (uri.startsWith("/")) {
            return new Place(uri, host);
        }
        if (uri.equals("*")) {
            require(method.equals("OPTIONS"));
            return new Place(uri, host);
        }
        Matcher absolute = ABSOLUTE.matcher(uri);
        require(absolute.matches());
        String own = hostname(absolute.group(1));
        require(!own.isEmpty());
        String path = absolute.group(2) == null ? "/" : absolute.group(2);
        return new Place(path.startsWith("?") ? "/" + path : path, own);
    }

    private static BodyLength body(MessageHead head, boolean http11) throws RejectedException {
        List<String> encodings = head.values("transfer-encoding");
        List<String> lengths = head.values("content-length");
        if (encodings.isEmpty()) {
            return lengths.isEmpty() ? BodyLength.NONE : BodyLength.fixed(lengths, BalancerReason.MALFORMED_REQUEST);
        }
        require(lengths.isEmpty() && encodings.size() == 1 && http11);
        return switch (encodings.getFirst().toLowerCase(Locale.ROOT)) {
            case "chunked" -> new BodyLength.Chunked();
            case "identity" -> BodyLength.NONE;
            case "" -> throw new RejectedException(BalancerReason.MALFORMED_REQUEST);
            default -> throw new RejectedException(BalancerReason.UNSUPPORTED_TRANSFER_ENCODING);
        };
    }

    private static void require(boolean holds) throws RejectedException {
        if (!holds) {
            throw new RejectedException(BalancerReason.MALFORMED_REQUEST);
        }
    }

    private record Place(String path, String host) {}
}
