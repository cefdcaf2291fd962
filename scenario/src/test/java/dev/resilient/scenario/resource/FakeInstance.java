package dev.resilient.scenario.resource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance's surroundings: a metadata service, an S3 with one object, and a {@code java} that only writes down how it is called. */
final class FakeInstance implements AutoCloseable {
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final String SESSION = "IQoJb3JpZ2luX2VjEXAMPLE/+==";
    static final String TOKEN = "AQAEAtoken==";

    private static final Map<String, String> METADATA = Map.of(
            "placement/region", "us-west-2",
            "instance-id", "i-0123456789abcdef0",
            "local-ipv4", "127.31.0.7",
            "iam/security-credentials/", "shop-instance",
            "iam/security-credentials/shop-instance", """
                {
                  "Code" : "Success",
                  "Type" : "AWS-HMAC",
                  "AccessKeyId" : "ASIAIOSFODNN7EXAMPLE",
                  "SecretAccessKey" : "%s",
                  "Token" : "%s",
                  "Expiration" : "2030-05-17T15:09:54Z"
                }\
                """.formatted(SECRET, SESSION));

    private final HttpServer server;
    private final Path folder;
    private final AtomicInteger refusals = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> downloads = new ConcurrentLinkedQueue<>();
    private final Map<String, String> downloadHeaders = new ConcurrentHashMap<>();

    FakeInstance(Path folder, String objectPath, byte[] object) throws IOException {
        this.folder = folder;
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, """
            #!/bin/bash
            case "$*" in
            *resilient-guard.jar*) printf '%s\\n' "$@" >arguments.guard; exit ;;
            esac
            printf '%s\\n' "$@" >arguments
            echo "the server speaks"
            """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(home());
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/latest/api/token", FakeInstance::token);
        server.createContext("/latest/meta-data/", FakeInstance::metadata);
        server.createContext(objectPath, exchange -> download(exchange, object));
        server.start();
    }

    /** Where the instance runs. */
    Path home() {
        return folder.resolve("home");
    }

    /** From now on S3 refuses so many downloads. */
    void refuse(int times) {
        refusals.set(times);
    }

    /** How many downloads S3 was asked for. */
    int downloads() {
        return downloads.size();
    }

    /** A header of the latest download. */
    String downloadHeader(String name) {
        return downloadHeaders.getOrDefault(name, "");
    }

    /** Runs the script, as the instance does at each boot; its output ends with its exit code. */
    String boot(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("user-data.sh"), script);
        Path output = folder.resolve("console.log");
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var builder = new ProcessBuilder("bash", file.toString())
                .directory(home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PATH", folder.resolve("bin") + ":/usr/bin:/bin",
                        "AWS_ENDPOINT_URL", endpoint.toString(),
                        "AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint + "/"));
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the boot does not end: " + Files.readString(output));
        }
        return Files.readString(output) + "exit " + process.exitValue();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void token(HttpExchange exchange) throws IOException {
        boolean right = exchange.getRequestMethod().equals("PUT")
                && exchange.getRequestHeaders().containsKey("X-aws-ec2-metadata-token-ttl-seconds");
        answer(exchange, right ? 200 : 400, TOKEN);
    }

    private static void metadata(HttpExchange exchange) throws IOException {
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))) {
            answer(exchange, 401, "Unauthorized");
            return;
        }
        String value = METADATA.get(exchange.getRequestURI().getPath().substring("/latest/meta-data/".length()));
        answer(exchange, value == null ? 404 : 200, value == null ? "Not Found" : value);
    }

    private void download(HttpExchange exchange, byte[] object) throws IOException {
        downloads.add(exchange.getRequestURI().getPath());
        exchange.getRequestHeaders().forEach((name, values) -> downloadHeaders.put(name, values.getFirst()));
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            answer(exchange, 403, "AccessDenied");
            return;
        }
        exchange.sendResponseHeaders(200, object.length);
        exchange.getResponseBody().write(object);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
