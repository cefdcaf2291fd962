package dev.resilient.cli.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.scenario.base.ScenarioException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page, its stream of frames (server-sent events) and its acts, over HTTP on loopback. */
final class Web implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Web.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int HIGHEST_PORT = 65_535;
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a stream may be silent before it says that it is alive, and so finds out whether anybody still listens. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Viewers viewers;
    private final Acts acts;
    private final String token;
    private final WebServer server;

    /**
     * Listens at once.
     *
     * @param port 0 for any
     * @throws IllegalArgumentException if that is no port
     * @throws ScenarioException if the port cannot be had
     */
    Web(int port, String token, Viewers viewers, Acts acts) {
        this.viewers = viewers;
        this.acts = acts;
        this.token = token;
        requireFree(port);
        this.server = WebServer.builder()
                .address(LOOPBACK)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .routing(this::routes)
                .build();
        server.start();
        if (!server.isRunning()) {
            throw new ScenarioException("The dashboard cannot listen on port " + port + " of loopback.");
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Asked first, since the server would tell of a port that is taken in its log only, and at length. */
    private static void requireFree(int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("A port is 0 to " + HIGHEST_PORT + ", but this is " + port + ".");
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(LOOPBACK, port));
        } catch (IOException refused) {
            throw new ScenarioException(
                    "The dashboard cannot listen on port " + port + " of loopback (" + refused.getMessage()
                            + "): choose another one.",
                    refused);
        }
    }

    private int port() {
        return server.port();
    }

    private void routes(HttpRouting.Builder routing) {
        routing.addFilter(new Guard(token, this::port));
        routing.get("/", this::page);
        routing.get("/frames", this::frames);
        routing.get("/{file}", this::file);
        act(routing, "/acts/go-on", _ -> acts.goOn());
        act(routing, "/acts/requests", _ -> acts.sendRequests());
        act(routing, "/acts/parameters/{key}/change", key -> acts.set(key, true));
        act(routing, "/acts/parameters/{key}/reset", key -> acts.set(key, false));
        act(routing, "/acts/instances/{key}/restrict", acts::restrict);
        act(routing, "/acts/instances/{key}/terminate", acts::terminate);
        routing.any((_, response) -> response.status(Status.NOT_FOUND_404).send("There is nothing here."));
        routing.error(Throwable.class, Web::failed);
    }

    private static void act(HttpRouting.Builder routing, String path, Function<String, String> act) {
        routing.post(path, (request, response) -> {
            String key = request.path().pathParameters().first("key").orElse("");
            answer(response, () -> act.apply(key));
        });
    }

    private static void answer(ServerResponse response, Supplier<String> act) {
        try {
            json(response, act.get());
        } catch (Acts.Refused refused) {
            response.status(Status.CONFLICT_409);
            json(response, String.valueOf(refused.getMessage()));
        } catch (RuntimeException failure) {
            log.debug("an act failed", failure);
            response.status(Status.BAD_GATEWAY_502);
            json(response, "It failed: " + failure.getMessage());
        }
    }

    private void page(ServerRequest request, ServerResponse response) {
        response.header("Content-Type", "text/html; charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .send(PageFiles.page(token));
    }

    private void file(ServerRequest request, ServerResponse response) {
        Optional<PageFiles.PageFile> file =
                PageFiles.named(request.path().pathParameters().get("file"));
        if (file.isEmpty()) {
            response.status(Status.NOT_FOUND_404).send("There is no such file.");
            return;
        }
        response.header("Content-Type", file.get().type())
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-cache")
                .send(file.get().content());
    }

    /** Lasts until the page is left, or the dashboard ends. */
    private void frames(ServerRequest request, ServerResponse response) {
        response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-store");
        try (Viewers.Looking _ = viewers.look();
                OutputStream out = response.outputStream()) {
            out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
            long number = 0;
            while (!viewers.hasEnded()) {
                Optional<Viewers.Shown> frame = viewers.next(number, SILENCE);
                String text = frame.map(shown -> "data: " + shown.text()).orElse(": still here");
                out.write((text + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                number = frame.map(Viewers.Shown::number).orElse(number);
            }
        } catch (IOException | UncheckedIOException left) {
            log.trace("a viewer has left", left);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void failed(ServerRequest request, ServerResponse response, Throwable failure) {
        log.warn("{} failed", request.path().path(), failure);
        response.status(Status.INTERNAL_SERVER_ERROR_500).send("The dashboard failed.");
    }

    private static void json(ServerResponse response, String sentence) {
        response.header("Content-Type", "application/json").send(text(Map.of("text", sentence)));
    }

    /** As JSON, in one line. */
    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("plain values are JSON", impossible);
        }
    }
}
