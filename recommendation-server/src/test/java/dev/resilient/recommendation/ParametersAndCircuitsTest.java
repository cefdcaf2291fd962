package dev.resilient.recommendation;

import static dev.resilient.recommendation.FakeInstance.A_SECOND;
import static dev.resilient.recommendation.FakeInstance.STATIC_BOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.recommendation.FakeAws.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parameters that steer the server while it runs, time limits, and the circuit that spares a broken table. */
class ParametersAndCircuitsTest {
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
        aws.parameterInForce("-failure-response", "static");
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
        aws.parameterInForce("-failure-response", "static");
        aws.parameterInForce("-time-limits", "off");
        CountDownLatch gate = aws.hang("GetItem");
        CompletableFuture<HttpResponse<String>> late = instance.getLater("/");
        aws.parameterInForce("-time-limits", "on");
        HttpResponse<String> limited = instance.get("/");
        assertThat(limited.body()).isEqualTo(STATIC_BOOK);
        assertThat(late).isNotDone();

        gate.countDown();

        assertThat(late.get().body()).contains("\"Book ");
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
        aws.parameterInForce("-failure-response", "static");
        aws.denyTable();
        assertThat(instance.get("/").statusCode()).isEqualTo(200);

        aws.parameters.clear();

        await().atMost(A_SECOND).until(() -> instance.get("/").statusCode() == 502);
    }

    @Test
    void the_last_known_parameters_stay_in_force_when_they_cannot_be_read() throws Exception {
        aws.parameterInForce("-failure-response", "static");
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
}
