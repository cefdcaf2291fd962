package dev.resilient.scenario;

import com.sun.net.httpserver.HttpServer;
import dev.resilient.scenario.base.AwsClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** An endpoint for all services that answers each call by what the test says. */
public final class FakeAws implements AutoCloseable {
    private final Region region;
    private final HttpServer server;
    private final AwsClients clients;
    private final ConcurrentLinkedQueue<String> operations = new ConcurrentLinkedQueue<>();

    /**
     * Knows who calls, and answers all else by operation ({@code X-Amz-Target} or {@code Action}; for S3 method and address, like
     * {@code GET /b?acl}) and body.
     */
    public FakeAws(BiFunction<String, String, Reply> answers) throws IOException {
        this(Region.US_WEST_2, answers);
    }

    /** The same in another region, whose partition it is in. */
    public FakeAws(Region region, BiFunction<String, String, Reply> answers) throws IOException {
        this.region = region;
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target != null
                    ? target.substring(target.indexOf('.') + 1)
                    : body.contains("Action=")
                            ? body.replaceAll("(?s).*\\bAction=(\\w+).*", "$1")
                            : exchange.getRequestMethod() + " " + exchange.getRequestURI();
            operations.add(operation);
            Reply reply = operation.equals("GetCallerIdentity")
                    ? FakeEnvironment.caller(region)
                    : answers.apply(operation, body);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        clients = new AwsClients(
                region,
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")));
    }

    /** Where it is. */
    public Region region() {
        return region;
    }

    /** What the endpoint answers. */
    public record Reply(int status, String body) {}

    /** Clients of this endpoint. */
    public AwsClients clients() {
        return clients;
    }

    /** The operations that were called, in order. */
    public List<String> operations() {
        return List.copyOf(operations);
    }

    @Override
    public void close() {
        clients.close();
        server.stop(0);
    }
}
