package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resilient.recommendation.FakeAws.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request for a recommendation is answered, over HTTP and with AWS as an instance sees it made by hand. */
class RecommendationsTest {
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
    void retries_go_on_after_an_outage_that_needed_many() throws Exception {
        aws.parameterInForce("-health-check", "deep");
        aws.on("GetItem", request -> refused());
        // More retries than the SDK allows of itself, 100 in a row.
        for (int i = 0; i < 18; i++) {
            assertThat(instance.get("/healthcheck").statusCode()).isEqualTo(503);
        }
        AtomicInteger calls = new AtomicInteger();
        aws.on(
                "GetItem",
                request -> calls.incrementAndGet() < 3
                        ? refused()
                        : new Answer(200, "{\"Item\":{\"Title\":{\"S\":\"In the end\"}}}"));

        assertThat(instance.get("/healthcheck").statusCode()).isEqualTo(200);
        assertThat(calls).hasValue(3);
    }

    private static Answer refused() {
        return Answer.error("com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException", "too much");
    }
}
