package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Paths, methods, connections, requests beyond those that get a turn, and the end of the server. */
class HttpTest {
    private FakeInstance instance;
    private FakeAws aws;

    @BeforeEach
    void start() throws Exception {
        instance = FakeInstance.withBooks(3);
        aws = instance.aws;
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void unknown_paths_and_wrong_methods_are_told_so() throws Exception {
        assertThat(instance.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(instance.get("/healthcheck/more").statusCode()).isEqualTo(404);
        assertThat(instance.send("POST", "/nothing").statusCode()).isEqualTo(404);
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            for (String path : List.of("/", "/healthcheck")) {
                HttpResponse<String> response = instance.send(method, path);
                assertThat(response.statusCode()).as(method + path).isEqualTo(405);
                assertThat(response.headers().allValues("Allow")).containsExactly("GET, HEAD");
                assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
            }
        }
        assertThat(instance.get("/?query=is+no+other+path").statusCode()).isEqualTo(200);
    }

    @Test
    void head_is_get_without_its_body() throws Exception {
        for (String path : List.of("/", "/healthcheck")) {
            assertThat(raw("HEAD " + path + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("Content-Type: application/json\r\n")
                    .doesNotContainIgnoringCase("Content-Length: 0\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void a_connection_that_the_caller_wants_closed_is_closed() throws Exception {
        assertThat(raw("GET /healthcheck HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("{\"success\": true}");
    }

    @Test
    void a_request_that_gets_no_turn_is_a_failure_like_any_other() throws Exception {
        instance.get("/");
        CountDownLatch gate = aws.hang("GetItem");
        int reads = aws.calls("GetItem");
        List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < 2 * Limits.DEFAULTS.concurrentRequests(); i++) {
            requests.add(instance.getLater("/"));
        }

        for (CompletableFuture<HttpResponse<String>> request : requests) {
            assertThat(request.get().statusCode()).isEqualTo(502);
        }
        gate.countDown();
        assertThat(aws.calls("GetItem") - reads).isGreaterThan(0);
    }

    @Test
    void stopping_finishes_what_is_in_flight_and_accepts_no_more() throws Exception {
        instance.get("/");
        CountDownLatch gate = aws.hang("GetItem");
        CompletableFuture<HttpResponse<String>> inFlight = instance.getLater("/");
        int reads = aws.calls("GetItem");
        await().until(() -> aws.calls("GetItem") > reads || aws.calls("GetItem") == 2);

        Thread stopping = Thread.ofVirtual().start(instance::stopServer);
        await().until(this::refusesConnections);
        gate.countDown();

        assertThat(inFlight.get().statusCode()).isEqualTo(200);
        stopping.join();
    }

    private boolean refusesConnections() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), instance.port()), 200);
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), instance.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
