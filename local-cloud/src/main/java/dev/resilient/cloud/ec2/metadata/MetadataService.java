package dev.resilient.cloud.ec2.metadata;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.resilient.cloud.base.Ids;
import dev.resilient.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata service of one instance, listening on the instance's own address until it is closed. Every request sees the
 * facts as they are at that moment. Thread-safe.
 */
public final class MetadataService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetadataService.class);

    /**
     * Where it listens on an instance's address, since 80 may be the port of the instance's own server. Always the same one, and
     * none of those that systems give out by chance: an instance's server never finds the port taken that it was told to use, and
     * no health check meets this service instead.
     */
    public static final int PORT = 1338;

    /** No request to the service has a use for a body. */
    private static final int LARGEST_BODY = 16 * 1024;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final MetadataRequests requests;

    private MetadataService(HttpServer server, MetadataRequests requests) {
        this.server = server;
        this.requests = requests;
    }

    /**
     * Starts a service.
     *
     * @param address where it listens, on the port {@link #PORT} for an instance; port 0 for any free one
     * @param facts asked at every request
     * @param ids where tokens come from
     * @throws IOException if the address cannot be listened on
     */
    public static MetadataService start(
            InetSocketAddress address,
            Supplier<InstanceFacts> facts,
            InstanceCredentials credentials,
            TimeSource time,
            Ids ids)
            throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        MetadataService service =
                new MetadataService(server, new MetadataRequests(facts, credentials, new MetadataTokens(time, ids)));
        server.setExecutor(service.executor);
        server.createContext("/", service::handle);
        server.start();
        return service;
    }

    /** Where the service is: what {@code AWS_EC2_METADATA_SERVICE_ENDPOINT} has to say to its instance. */
    public URI endpoint() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            boolean tooLarge = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1).length > LARGEST_BODY;
            MetadataResponse response = tooLarge ? MetadataResponse.error(413) : answer(exchange, method);
            byte[] body = response.body().getBytes(StandardCharsets.ISO_8859_1);
            exchange.getResponseHeaders().set("Server", "EC2ws");
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            response.headers().forEach(exchange.getResponseHeaders()::set);
            boolean bodiless = method.equals("HEAD") || body.length == 0;
            exchange.sendResponseHeaders(response.status(), bodiless ? -1 : body.length);
            if (!bodiless) {
                exchange.getResponseBody().write(body);
                // Closing the exchange waits for what is left of the request.
                exchange.getResponseBody().flush();
            }
        }
    }

    private MetadataResponse answer(HttpExchange exchange, String method) {
        try {
            return requests.answer(method, path(exchange.getRequestURI()), exchange.getRequestHeaders());
        } catch (RuntimeException failure) {
            log.error("the metadata service at {} failed on {}", endpoint(), exchange.getRequestURI(), failure);
            return MetadataResponse.error(500);
        }
    }

    /** With one slash in front: what some clients make two of is no host. */
    private static String path(URI asked) {
        boolean twoSlashes = asked.getScheme() == null && asked.getRawAuthority() != null;
        return twoSlashes ? "/" + asked.getRawAuthority() + asked.getPath() : asked.getPath();
    }
}
