package dev.resilient.loadbalancer.http;

import dev.resilient.loadbalancer.event.BalancerReason;
import dev.resilient.loadbalancer.event.DesyncReason;
import dev.resilient.loadbalancer.event.DesyncReason.Severity;
import dev.resilient.loadbalancer.settings.DesyncMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets only requests through that every reader understands in the same way, so that no request can be smuggled inside another one.
 *
 * <p>What AWS calls severe is refused in every mode, and so is the rest that would leave it open where a request ends: a repeated
 * Content-Length, Content-Length beside Transfer-Encoding, control characters and blanks in the request target, a field without a
 * name; and a repeated Host. What a head may look like at all is {@link HeadReader}'s to say, and the framing of chunks {@link
 * ChunkedBody}'s.
 */
public final class RequestGuard {
    private static final Pattern VERSION = Pattern.compile("HTTP/([0-9])\\.([0-9])");
    private static final Pattern ABSOLUTE = Pattern.compile("https?://([^/?#]*)([/?].*)?", Pattern.CASE_INSENSITIVE);
    private static final int MOST_FORWARDED_FOR = 30;

    private RequestGuard() {}

    /**
     * Reads a head.
     *
     * @throws RejectedException if the request is to be refused, with the reason
     */
    public static RequestHead check(MessageHead head, DesyncMode mode) throws RejectedException {
        try {
            return read(head, mode);
        } catch (RejectedException rejected) {
            throw new RejectedException(rejected.reason(), DesyncClassifier.classify(head.bytes()));
        }
    }

    private static RequestHead read(MessageHead head, DesyncMode mode) throws RejectedException {
        String[] parts = parts(head.startLine());
        String method = method(parts[0]);
        boolean http11 = isHttp11(parts[2]);
        checkForwardedFor(head.values("x-forwarded-for"));
        Place place = place(method, parts[1], host(head, http11));
        ConnectionOptions options = ConnectionOptions.of(head);
        BodyLength body = body(head, http11);
        DesyncReason desync = isSuspect(head, method) ? DesyncClassifier.classify(head.bytes()) : null;
        if (desync != null && mode == DesyncMode.STRICTEST) {
            throw new RejectedException(BalancerReason.DESYNC_MITIGATION);
        }
        boolean isLast = desync != null && desync.severity() != Severity.ACCEPTABLE && mode == DesyncMode.DEFENSIVE;
        return new RequestHead(
                head,
                method,
                parts[1],
                place.path,
                place.host,
                http11,
                options.keepAlive(http11) && !isLast,
                body,
                http11 && body.equals(BodyLength.NONE) ? upgrade(head, options) : "",
                desync,
                isLast);
    }

    /** Whether a head that is well-formed may still not comply: only then is it worth a second look. */
    static boolean isSuspect(MessageHead head, String method) {
        boolean bodiless = method.equals("GET") || method.equals("HEAD");
        return head.hasUnusualNames() || head.isBeyondAscii() || (bodiless && head.isFramed());
    }

    private static String[] parts(String line) throws RejectedException {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        require(second > first && line.indexOf(' ', second + 1) < 0);
        return new String[] {line.substring(0, first), line.substring(first + 1, second), line.substring(second + 1)};
    }

    private static String method(String method) throws RejectedException {
        require(!method.isEmpty() && Bytes.areToken(method) && !method.equals("CONNECT"));
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
        String host = Hostname.of(authority);
        if (host == null) {
            throw new RejectedException(BalancerReason.MALFORMED_REQUEST);
        }
        return host;
    }

    /** An absolute request target names the host itself, and overrides the field: RFC 9112 section 3.2.2. */
    private static Place place(String method, String uri, String host) throws RejectedException {
        require(!uri.isEmpty() && Bytes.areText(uri));
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

    private static void checkForwardedFor(List<String> values) throws RejectedException {
        long addresses = 0;
        for (String value : values) {
            addresses += 1 + value.chars().filter(c -> c == ',').count();
        }
        if (addresses > MOST_FORWARDED_FOR) {
            throw new RejectedException(BalancerReason.TOO_MANY_FORWARDED_ADDRESSES);
        }
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

    /** HTTP/2 is not offered on: requests within it could be seen by nobody but the target. */
    private static String upgrade(MessageHead head, ConnectionOptions options) {
        if (!options.options().contains("upgrade")) {
            return "";
        }
        String offered = String.join(", ", head.values("upgrade"));
        return offered.toLowerCase(Locale.ROOT).contains("h2") ? "" : offered;
    }

    private static void require(boolean holds) throws RejectedException {
        if (!holds) {
            throw new RejectedException(BalancerReason.MALFORMED_REQUEST);
        }
    }

    private record Place(String path, String host) {}
}
