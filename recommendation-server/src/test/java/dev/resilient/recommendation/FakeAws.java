package dev.resilient.recommendation;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What an instance sees of AWS, on one loopback port: the metadata service, DynamoDB with one table, the Parameter Store. Each
 * DynamoDB or SSM operation can be made to fail or to hang. Knows nothing of the SDK, so that it cannot agree with it by
 * mistake.
 */
final class FakeAws implements AutoCloseable {
    static final String TABLE = "doc-example-recommendation-service";
    static final String PREFIX = "doc-example-resilient-architecture";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "the-token";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function<JsonNode, Answer>> operations = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final List<CountDownLatch> gates = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();

    /** Items as DynamoDB's JSON, by their key's JSON. */
    final Map<String, String> items = new ConcurrentHashMap<>();

    /** Parameters by name. */
    final Map<String, String> parameters = new ConcurrentHashMap<>();

    /** The instance's role; none if empty. */
    volatile String role = "the-role";

    volatile int tokenStatus = 200;
    /** So many of the next requests to the metadata service are answered with an error of its own. */
    final AtomicInteger failingMetadata = new AtomicInteger();

    /** @param status an HTTP status, with a body */
    record Answer(int status, String body) {
        static Answer error(String type, String message) {
            return new Answer(400, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message));
        }
    }

    FakeAws() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        http.setExecutor(threads);
        http.createContext("/", this::serveApi);
        http.createContext("/latest/", this::serveMetadata);
        http.start();
        recover();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Adds an item of the article's kind. */
    void putBook(int id, String title) {
        put("Book", id, ",\"Title\":{\"S\":\"" + title + "\"}");
    }

    /** @param attributes more fields, each after a comma */
    void put(String mediaType, int id, String attributes) {
        String key = "{\"MediaType\":{\"S\":\"%s\"},\"ItemId\":{\"N\":\"%d\"}".formatted(mediaType, id);
        items.put(key + "}", key + attributes + "}");
    }

    /** Sets the parameter whose name ends so. */
    void parameter(String suffix, String value) {
        parameters.put(PREFIX + suffix, value);
    }

    /** The same, and returns when the server has read it. */
    void parameterInForce(String suffix, String value) {
        parameter(suffix, value);
        int reads = calls("GetParameters");
        await().atMost(Duration.ofSeconds(5)).until(() -> calls("GetParameters") > reads + 1);
    }

    /** What {@code operation} answers from now on. */
    void on(String operation, Function<JsonNode, Answer> answer) {
        operations.put(operation, answer);
    }

    /** Makes {@code operation} wait until the returned gate is opened, or the fake is closed. */
    CountDownLatch hang(String operation) {
        CountDownLatch gate = new CountDownLatch(1);
        gates.add(gate);
        Function<JsonNode, Answer> usual = operations.get(operation);
        on(operation, request -> {
            waitFor(gate);
            return usual.apply(request);
        });
        return gate;
    }

    /** Waits until {@code gate} is opened, or the fake is closed. */
    static void waitFor(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every operation works. */
    void recover() {
        on("DescribeTable", this::describeTable);
        on("Scan", this::scan);
        on("GetItem", this::getItem);
        on("GetParameters", this::getParameters);
    }

    /** Every operation on the table is denied. */
    void denyTable() {
        for (String operation : List.of("DescribeTable", "Scan", "GetItem")) {
            on(operation, request -> Answer.error("com.amazon.coral.service#AccessDeniedException", "User: someone"));
        }
    }

    /** How often {@code operation} was called; {@code IMDS} for the metadata service. */
    int calls(String operation) {
        return calls.computeIfAbsent(operation, unused -> new AtomicInteger()).get();
    }

    /** What a client did that it must never do. */
    List<String> violations() {
        return violations;
    }

    @Override
    public void close() {
        gates.forEach(CountDownLatch::countDown);
        http.stop(0);
        threads.shutdownNow();
        threads.close();
    }

    private void count(String operation) {
        calls.computeIfAbsent(operation, unused -> new AtomicInteger()).incrementAndGet();
    }

    private void serveMetadata(HttpExchange exchange) throws IOException {
        count("IMDS");
        String path = exchange.getRequestURI().getPath();
        if (failingMetadata.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            reply(exchange, 500, "");
        } else if (path.equals("/latest/api/token")) {
            exchange.getResponseHeaders().add("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "21600");
            reply(exchange, tokenStatus, tokenStatus == 200 ? TOKEN : "no");
        } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))) {
            violations.add("without a token: " + path);
            reply(exchange, 401, "");
        } else {
            String value = metadata(path);
            reply(exchange, value.isEmpty() ? 404 : 200, value);
        }
    }

    private String metadata(String path) {
        return switch (path) {
            case "/latest/meta-data/instance-id" -> "i-0e4b7104cfaf8e056";
            case "/latest/meta-data/placement/availability-zone" -> "us-west-2c";
            case "/latest/meta-data/placement/region" -> "us-west-2";
            case "/latest/meta-data/iam/security-credentials/" -> role;
            case "/latest/meta-data/iam/security-credentials/the-role" ->
                """
                {"Code":"Success","LastUpdated":"%s","Type":"AWS-HMAC","AccessKeyId":"ASIAFAKE",
                 "SecretAccessKey":"fake-secret","Token":"fake-session","Expiration":"%s"}""".formatted(Instant.EPOCH, Instant.now().plusSeconds(21_600).truncatedTo(ChronoUnit.SECONDS));
            default -> "";
        };
    }

    private void serveApi(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target == null ? "none" : target.substring(target.indexOf('.') + 1);
        count(operation);
        if (!"fake-session".equals(exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"))) {
            violations.add(operation + " without the role's credentials");
        }
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        Answer answer = operations
                .getOrDefault(operation, unknown -> new Answer(400, "{\"__type\":\"UnknownOperationException\"}"))
                .apply(request);
        reply(exchange, answer.status, answer.body);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException callerHasGone) {
            exchange.getHttpContext().getAttributes().put("gone", callerHasGone);
        }
    }

    private Answer forTable(JsonNode request, Answer answer) {
        return request.path("TableName").asText().equals(TABLE)
                ? answer
                : Answer.error("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "not found");
    }

    private Answer describeTable(JsonNode request) {
        return forTable(request, new Answer(200, """
                        {"Table":{"TableName":"%s","TableStatus":"ACTIVE","KeySchema":[
                         {"AttributeName":"MediaType","KeyType":"HASH"},{"AttributeName":"ItemId","KeyType":"RANGE"}]}}""".formatted(TABLE)));
    }

    private Answer scan(JsonNode request) {
        return forTable(
                request,
                new Answer(
                        200,
                        "{\"Items\":[%s],\"Count\":%d}".formatted(String.join(",", items.keySet()), items.size())));
    }

    private Answer getItem(JsonNode request) {
        String item = items.entrySet().stream()
                .filter(entry -> parse(entry.getKey()).equals(request.get("Key")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return forTable(request, new Answer(200, item.isEmpty() ? "{}" : "{\"Item\":" + item + "}"));
    }

    private Answer getParameters(JsonNode request) {
        var found = JSON.createArrayNode();
        var invalid = JSON.createArrayNode();
        for (JsonNode name : request.get("Names")) {
            String value = parameters.get(name.asText());
            if (value == null) {
                invalid.add(name.asText());
            } else {
                found.addObject().put("Name", name.asText()).put("Value", value);
            }
        }
        return new Answer(200, "{\"Parameters\":" + found + ",\"InvalidParameters\":" + invalid + "}");
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
