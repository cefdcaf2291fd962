package dev.resilient.recommendation;

import static dev.resilient.recommendation.FakeInstance.A_SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.recommendation.FakeAws.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shallow health checks, which touch nothing, and deep ones, which do what a request does. */
class HealthChecksTest {
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
        aws.parameterInForce("-health-check", "deep");
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
        aws.parameterInForce("-health-check", "deep");
        aws.denyTable();
        for (int i = 0; i < 10; i++) {
            instance.get("/");
        }

        aws.recover();

        assertThat(instance.get("/healthcheck").statusCode()).isEqualTo(200);
    }

    @Test
    void a_deep_check_of_a_hanging_table_fails_within_two_seconds_and_one_call() throws Exception {
        aws.parameterInForce("-health-check", "deep");
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
        aws.parameterInForce("-health-check", "deep");
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
}
