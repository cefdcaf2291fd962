package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A {@link FakeAws} and a server in this JVM that believes in it. Chance has a seed that is printed. */
final class FakeInstance implements AutoCloseable {
    /** What the server answers when it is told to be static. */
    static final String STATIC_BOOK = """
        {"MediaType":{"S":"Book"},"ItemId":{"N":"0"},"Title":{"S":"404 Not Found: A Coloring Book"},\
        "Creator":{"S":"The Oatmeal"},\
        "Metadata":{"InstanceId":"i-0e4b7104cfaf8e056","AvailabilityZone":"us-west-2c"}}\
        """;

    /** A change is seen within a second. */
    static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final String METADATA = "aws.ec2MetadataServiceEndpoint";
    private static final String ENDPOINT = "aws.endpointUrl";

    final FakeAws aws;
    private final HttpClient client = HttpClient.newHttpClient();
    private final RecommendationServer server;

    /** Starts the server of an instance that sees {@code aws}; closing it closes that, too. */
    FakeInstance(FakeAws aws) throws InterruptedException {
        this(aws, "--status-port", "0");
    }

    /** The same with these options. */
    FakeInstance(FakeAws aws, String... options) throws InterruptedException {
        this.aws = aws;
        System.setProperty(METADATA, aws.endpoint().toString());
        System.setProperty(ENDPOINT, aws.endpoint().toString());
        long seed = System.identityHashCode(this);
        System.out.println("seed " + seed);
        this.server = new RecommendationServer(
                ServerOptions.parse(List.of(options)).withPort(0), new Random(seed), Clocks.SYSTEM);
    }

    static FakeInstance withBooks(int count) throws IOException, InterruptedException {
        FakeAws aws = new FakeAws();
        for (int id = 1; id <= count; id++) {
            aws.putBook(id, "Book " + id);
        }
        return new FakeInstance(aws);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(request(method, path), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(request("GET", path), HttpResponse.BodyHandlers.ofString());
    }

    int port() {
        return server.port();
    }

    /** The same on the port of the status. */
    HttpResponse<String> getOfStatusPort(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.statusPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Stops the server alone. */
    void stopServer() {
        server.close();
    }

    /** Fails if the server asked AWS for anything without a token or without the credentials of its role. */
    @Override
    public void close() {
        server.close();
        client.shutdownNow();
        aws.close();
        System.clearProperty(METADATA);
        System.clearProperty(ENDPOINT);
        assertThat(aws.violations()).isEmpty();
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }
}
