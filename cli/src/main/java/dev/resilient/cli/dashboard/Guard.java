package dev.resilient.cli.dashboard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Lets only the page itself in. Any page in the user's browser can send requests to loopback: what has another origin is refused, what
 * has been led here under another name (DNS rebinding) is refused by the name, and whatever acts has to show the token, which only a
 * page of this origin can read.
 */
final class Guard implements Filter {
    private static final HeaderName TOKEN = HeaderNames.create("X-Resilient-Token");
    private static final String POST = "POST";

    private final String token;
    private final IntSupplier port;

    /**
     * Lets in who shows this token.
     *
     * @param port where the page is served, known once it is
     */
    Guard(String token, IntSupplier port) {
        this.token = token;
        this.port = port;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Headers headers = request.headers();
        Set<String> names = Set.of("127.0.0.1:" + port.getAsInt(), "localhost:" + port.getAsInt());
        String origin = headers.first(HeaderNames.ORIGIN).orElse("");
        if (!names.contains(headers.first(HeaderNames.HOST).orElse(""))) {
            refuse(response, "This page is served under its own address only.");
        } else if (!origin.isEmpty() && names.stream().noneMatch(name -> origin.equals("http://" + name))) {
            refuse(response, "Another page may not use this one.");
        } else if (request.prologue().method().text().equals(POST)
                && !isToken(headers.first(TOKEN).orElse(""))) {
            refuse(response, "The token is missing or wrong: reload the page.");
        } else {
            chain.proceed();
        }
    }

    /** Compares in a time that tells nothing. */
    private boolean isToken(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(RoutingResponse response, String sentence) {
        response.status(Status.FORBIDDEN_403).send(sentence);
    }
}
