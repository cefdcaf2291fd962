package dev.resilient.loadbalancer.rule;

import dev.resilient.loadbalancer.http.RequestHead;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of the URL that a redirect sends a client to, with placeholders for the parts of the URL it asked for. */
public record RedirectTemplate(String protocol, String host, String port, String path, String query) {
    private static final int MAXIMUM_LENGTH = 128;
    private static final int MAXIMUM_PORT = 65_535;
    private static final Pattern PLACEHOLDER = Pattern.compile("#\\{([^}]*)}");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    /** @throws IllegalArgumentException if a part is not valid, or all but the query are those of the request, saying which */
    public RedirectTemplate {
        require(
                protocol.equals("HTTP") || protocol.equals("HTTPS") || protocol.equals(Part.PROTOCOL.placeholder()),
                "protocol",
                protocol);
        require(isPort(port) || port.equals(Part.PORT.placeholder()), "port", port);
        check("host", host, EnumSet.of(Part.HOST));
        require(!host.isEmpty(), "host", host);
        check("path", path, EnumSet.of(Part.HOST, Part.PORT, Part.PATH));
        require(path.startsWith("/"), "path", path);
        check("query", query, EnumSet.allOf(Part.class));
        if (protocol.equals(Part.PROTOCOL.placeholder())
                && host.equals(Part.HOST.placeholder())
                && port.equals(Part.PORT.placeholder())
                && path.equals("/" + Part.PATH.placeholder())) {
            throw new IllegalArgumentException(
                    "a redirect changes the protocol, the host, the port or the path; this one would go in circles");
        }
    }

    private static boolean isPort(String port) {
        return PORT.matcher(port).matches() && Integer.parseInt(port) <= MAXIMUM_PORT;
    }

    private static void check(String name, String value, Set<Part> allowed) {
        require(value.length() <= MAXIMUM_LENGTH && value.chars().allMatch(c -> c > ' ' && c < 0x7f), name, value);
        Matcher placeholders = PLACEHOLDER.matcher(value);
        while (placeholders.find()) {
            require(allowed.stream().anyMatch(part -> part.placeholder().equals(placeholders.group())), name, value);
        }
    }

    private static void require(boolean holds, String name, String value) {
        if (!holds) {
            throw new IllegalArgumentException("'" + value + "' is not a valid " + name + " of a redirect");
        }
    }

    /**
     * The URL for one request. The port is always part of it. Where the client named no host, the address that it reached takes its
     * place.
     */
    String resolve(RequestHead request, InetSocketAddress local) {
        StringBuilder url = new StringBuilder(protocol.equals("HTTPS") ? "https" : "http").append("://");
        append(host, request, local, url);
        url.append(':');
        append(port, request, local, url);
        append(path, request, local, url);
        int end = url.length();
        append(query, request, local, url);
        if (url.length() > end) {
            url.insert(end, '?');
        }
        return url.toString();
    }

    private static void append(String template, RequestHead request, InetSocketAddress local, StringBuilder url) {
        Matcher placeholders = PLACEHOLDER.matcher(template);
        int literal = 0;
        while (placeholders.find()) {
            url.append(template, literal, placeholders.start());
            url.append(Part.named(placeholders.group(1)).of(request, local));
            literal = placeholders.end();
        }
        url.append(template, literal, template.length());
    }

    /** The parts of the URL that a client asked for. */
    private enum Part {
        PROTOCOL,
        HOST,
        PORT,
        PATH,
        QUERY;

        private final String placeholder = "#{" + name().toLowerCase(Locale.ROOT) + "}";

        static Part named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        String placeholder() {
            return placeholder;
        }

        String of(RequestHead request, InetSocketAddress local) {
            return switch (this) {
                case PROTOCOL -> "http";
                case HOST -> request.host().isEmpty() ? local.getAddress().getHostAddress() : request.host();
                case PORT -> Integer.toString(local.getPort());
                case PATH -> request.path().substring(Math.min(1, request.pathLength()), request.pathLength());
                case QUERY -> request.query();
            };
        }
    }
}
