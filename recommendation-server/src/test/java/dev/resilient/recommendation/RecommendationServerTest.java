package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resilient.recommendation.FakeAws.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole server over HTTP, with AWS as an instance sees it made by hand. */
class RecommendationServerTest {
    private static final String STATIC_BOOK = """
        {"MediaType":{"S":"Book"},"ItemId":{"N":"0"},"Title":{"S":"404 Not Found: A Coloring Book"},\
        "Creator":{"S":"The Oatmeal"},\
        "Metadata":{"InstanceId":"i-0e4b7104cfaf8e056","AvailabilityZone":"us-west-2c"}}\
        """;

    /** A change is seen within a second. */
    private static final Duration A_SECOND = Duration.ofSeconds(1);

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
        assertThat(aws.violations()).isEmpty();
    }

    @Test
    void a_recommendation_is_an_item_and_the_instance_that_answers() throws Exception {
        HttpResponse<String> response = instance.get("/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(response.headers().map()).doesNotContainKey("content-encoding");
        JsonNode body = FakeAws.parse(response.body());
        assertThat(body.at("/MediaType/S").asText()).isEqualTo("Book");
        assertThat(body.at("/Title/S").asText())
                .isEqualTo("Book " + body.at("/ItemId/N").asText());
        assertThat(body.get("Metadata"))
                .isEqualTo(
                        FakeAws.parse("{\"InstanceId\":\"i-0e4b7104cfaf8e056\",\"AvailabilityZone\":\"us-west-2c\"}"));
    }

    @Test
    void every_item_of_every_media_type_gets_its_turn() throws Exception {
        aws.put("Podcast", -7, "");
        aws.put("Song", 1_000_000, "");
        Set<String> seen = new HashSet<>();

        await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).until(() -> {
            JsonNode body = FakeAws.parse(instance.get("/").body());
            seen.add(body.at("/MediaType/S").asText() + body.at("/ItemId/N").asText());
            return seen.size() == 5;
        });

        assertThat(seen).containsExactlyInAnyOrder("Book1", "Book2", "Book3", "Podcast-7", "Song1000000");
    }

    @Test
    void each_request_reads_the_table_itself() throws Exception {
        instance.get("/");
        instance.get("/");
        instance.get("/");

        assertThat(aws.calls("GetItem")).isEqualTo(3);
        assertThat(aws.calls("Scan")).isEqualTo(1);
    }

    @Test
    void an_item_that_was_deleted_meanwhile_is_not_recommended() throws Exception {
        instance.get("/");
        aws.items.clear();
        aws.putBook(9, "The last one");

        assertThat(instance.get("/").body()).contains("The last one");
    }

    @Test
    void without_the_table_the_answer_is_502_and_says_little() throws Exception {
        aws.denyTable();

        HttpResponse<String> response = instance.get("/");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(response.body()).isEqualTo("{\"error\": \"There is no recommendation at the moment.\"}");
    }

    @Test
    void an_empty_table_is_a_failure() throws Exception {
        aws.items.clear();

        assertThat(instance.get("/").statusCode()).isEqualTo(502);
    }

    @Test
    void an_unwilling_table_is_static_when_the_parameter_says_so() throws Exception {
        aws.denyTable();
        aws.parameter("-failure-response", "static");

        await().atMost(A_SECOND).untilAsserted(() -> {
            HttpResponse<String> response = instance.get("/");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(STATIC_BOOK);
        });
    }

    @Test
    void a_table_that_hangs_costs_a_request_a_second() throws Exception {
        parameterInForce("-failure-response", "static");
        aws.hang("GetItem");
        long start = System.nanoTime();

        HttpResponse<String> response = instance.get("/");

        assertThat(response.body()).isEqualTo(STATIC_BOOK);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }

    /** The one request that is answered late proves it: with time limits it would have had the static book long before. */
    @Test
    void without_time_limits_a_request_waits_as_long_as_the_table_takes() throws Exception {
        parameterInForce("-failure-response", "static");
        parameterInForce("-time-limits", "off");
        CountDownLatch gate = aws.hang("GetItem");
        CompletableFuture<HttpResponse<String>> late = instance.getLater("/");
        parameterInForce("-time-limits", "on");
        HttpResponse<String> limited = instance.get("/");
        assertThat(limited.body()).isEqualTo(STATIC_BOOK);
        assertThat(late).isNotDone();

        gate.countDown();

        assertThat(late.get().body()).contains("\"Book ");
    }

    @Test
    void missing_credentials_are_a_failure_like_any_other() throws Exception {
        instance.close();
        aws = new FakeAws();
        aws.role = "";
        instance = new FakeInstance(aws);

        HttpResponse<String> response = instance.get("/");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(aws.calls("GetItem")).isZero();
    }

    @Test
    void version_1_of_the_metadata_service_is_never_tried() throws Exception {
        instance.close();
        aws = new FakeAws();
        aws.tokenStatus = 403;

        assertThatThrownBy(() -> new FakeInstance(aws)).isInstanceOf(RuntimeException.class);
        aws.tokenStatus = 200;
        instance = new FakeInstance(aws);
        assertThat(aws.violations()).isEmpty();
    }

    @Test
    void a_metadata_service_that_is_not_ready_yet_is_waited_for() throws Exception {
        instance.close();
        aws = new FakeAws();
        aws.failingMetadata.set(5);

        instance = new FakeInstance(aws);

        assertThat(aws.failingMetadata).hasValue(0);
        assertThat(instance.get("/healthcheck").statusCode()).isEqualTo(200);
    }

    @Test
    void a_transient_error_is_tried_again() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        instance.get("/");
        aws.on("GetItem", request -> {
            if (calls.incrementAndGet() == 1) {
                return new Answer(500, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\"}");
            }
            return new Answer(200, "{\"Item\":{\"Title\":{\"S\":\"Second try\"}}}");
        });

        assertThat(instance.get("/").body()).contains("Second try");
        assertThat(calls).hasValue(2);
    }

    @Test
    void retries_are_bounded() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        instance.get("/");
        aws.on("GetItem", request -> {
            calls.incrementAndGet();
            return new Answer(500, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\"}");
        });

        assertThat(instance.get("/").statusCode()).isEqualTo(502);
        assertThat(calls).hasValue(7);
    }

    @Test
    void an_open_circuit_spares_the_table_and_closes_by_itself() throws Exception {
        aws.denyTable();
        for (int i = 0; i < 30; i++) {
            assertThat(instance.get("/").statusCode()).isEqualTo(502);
        }
        assertThat(aws.calls("DescribeTable")).isLessThan(15);

        aws.recover();

        await().atMost(A_SECOND).until(() -> instance.get("/").statusCode() == 200);
    }

    @Test
    void a_repaired_table_parameter_helps_within_a_second_though_the_circuit_was_open() throws Exception {
        aws.parameter("-table", "this-is-not-a-table");
        await().atMost(A_SECOND).until(() -> instance.get("/").statusCode() == 502);
        for (int i = 0; i < 20; i++) {
            assertThat(instance.get("/").statusCode()).isEqualTo(502);
        }

        aws.parameter("-table", FakeAws.TABLE);

        await().atMost(A_SECOND).until(() -> instance.get("/").statusCode() == 200);
    }

    @Test
    void an_absent_parameter_means_its_default() throws Exception {
        parameterInForce("-failure-response", "static");
        aws.denyTable();
        assertThat(instance.get("/").statusCode()).isEqualTo(200);

        aws.parameters.clear();

        await().atMost(A_SECOND).until(() -> instance.get("/").statusCode() == 502);
    }

    @Test
    void the_last_known_parameters_stay_in_force_when_they_cannot_be_read() throws Exception {
        parameterInForce("-failure-response", "static");
        int reads = aws.calls("GetParameters");
        aws.on("GetParameters", request -> Answer.error("AccessDeniedException", "User: someone"));
        aws.denyTable();
        await().atMost(Duration.ofSeconds(5)).until(() -> aws.calls("GetParameters") > reads + 2);

        assertThat(instance.get("/").body()).isEqualTo(STATIC_BOOK);

        aws.on("GetParameters", request -> Answer.error("ThrottlingException", "Rate exceeded"));
        await().atMost(Duration.ofSeconds(5)).until(() -> aws.calls("GetParameters") > reads + 5);

        assertThat(instance.get("/").body()).isEqualTo(STATIC_BOOK);
        aws.recover();
        aws.parameter("-table", "this-is-not-a-table");
        aws.parameter("-failure-response", "none");
        await().atMost(Duration.ofSeconds(2)).until(() -> instance.get("/").statusCode() == 502);
    }

    @Test
    void a_hanging_parameter_store_keeps_nobody_waiting() throws Exception {
        aws.hang("GetParameters");
        await().until(() -> aws.calls("GetParameters") > 1);
        long start = System.nanoTime();

        assertThat(instance.get("/").statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void a_shallow_check_touches_no_dependency() throws Exception {
        aws.denyTable();
        aws.hang("GetParameters");
        aws.role = "";

        HttpResponse<String> response = instance.get("/healthcheck");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"success\": true}");
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(aws.calls("GetItem") + aws.calls("Scan") + aws.calls("DescribeTable"))
                .isZero();
    }

    @Test
    void a_deep_check_does_what_a_request_does() throws Exception {
        parameterInForce("-health-check", "deep");
        int reads = aws.calls("GetItem");

        assertThat(instance.get("/healthcheck").statusCode()).isEqualTo(200);
        assertThat(aws.calls("GetItem")).isEqualTo(reads + 1);

        aws.denyTable();

        HttpResponse<String> response = instance.get("/healthcheck");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"success\": false}");
    }

    @Test
    void a_deep_check_goes_past_an_open_circuit() throws Exception {
        parameterInForce("-health-check", "deep");
        aws.denyTable();
        for (int i = 0; i < 10; i++) {
            instance.get("/");
        }

        aws.recover();

        assertThat(instance.get("/healthcheck").statusCode()).isEqualTo(200);
    }

    @Test
    void a_deep_check_of_a_hanging_table_fails_within_two_seconds_and_one_call() throws Exception {
        parameterInForce("-health-check", "deep");
        instance.get("/healthcheck");
        int reads = aws.calls("GetItem");
        CountDownLatch gate = aws.hang("GetItem");
        long start = System.nanoTime();

        List<CompletableFuture<HttpResponse<String>>> checks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            checks.add(instance.getLater("/healthcheck"));
        }
        for (CompletableFuture<HttpResponse<String>> check : checks) {
            assertThat(check.get().statusCode()).isEqualTo(503);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(aws.calls("GetItem") - reads).isLessThanOrEqualTo(6);
        gate.countDown();
        await().atMost(A_SECOND).until(() -> instance.get("/healthcheck").statusCode() == 200);
    }

    @Test
    void checks_answer_while_requests_saturate_the_server() throws Exception {
        parameterInForce("-health-check", "deep");
        instance.get("/");
        int permits = Limits.DEFAULTS.concurrentRequests();
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        aws.on("GetItem", request -> {
            if (reads.incrementAndGet() <= permits) {
                FakeAws.waitFor(gate);
            }
            return new Answer(200, "{\"Item\":" + request.get("Key") + "}");
        });
        List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < permits; i++) {
            requests.add(instance.getLater("/"));
        }
        await().until(() -> reads.get() >= permits);
        long start = System.nanoTime();

        assertThat(instance.get("/healthcheck").statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        gate.countDown();
        for (CompletableFuture<HttpResponse<String>> request : requests) {
            request.get();
        }
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

    private void parameterInForce(String suffix, String value) {
        aws.parameter(suffix, value);
        int reads = aws.calls("GetParameters");
        await().atMost(Duration.ofSeconds(5)).until(() -> aws.calls("GetParameters") > reads + 1);
    }
}
