package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resilient.recommendation.FakeAws.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an instance writes of itself. */
class HeartbeatsTest {
    private final List<JsonNode> written = new CopyOnWriteArrayList<>();
    private FakeAws aws;
    private FakeInstance instance;

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
        aws.putBook(1, "One");
        aws.on("PutItem", this::put);
        instance = new FakeInstance(aws, "--heartbeats", "beats", "--heartbeat-millis", "50");
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    private Answer put(JsonNode request) {
        written.add(request);
        return new Answer(200, "{}");
    }

    private JsonNode awaitNext() {
        int before = written.size();
        await().atMost(Duration.ofSeconds(20)).until(() -> written.size() > before);
        return written.getLast();
    }

    @Test
    void each_row_says_who_where_how_and_which_server_and_differs_from_the_one_before() {
        awaitNext();
        awaitNext();
        JsonNode first = written.getFirst();
        assertThat(first.at("/TableName").asText()).isEqualTo("beats");
        assertThat(first.at("/Item/InstanceId/S").asText()).isEqualTo("i-0e4b7104cfaf8e056");
        assertThat(first.at("/Item/Zone/S").asText()).isEqualTo("us-west-2c");
        assertThat(first.at("/Item/Working/BOOL").asBoolean()).isTrue();
        assertThat(first.at("/Item/Version/S").asText()).isNotBlank();
        Instant writtenAt = Instant.parse(first.at("/Item/WrittenAt/S").asText());
        assertThat(Instant.ofEpochSecond(first.at("/Item/ExpiresAt/N").asLong()))
                .isBetween(writtenAt.plusSeconds(3_590), writtenAt.plusSeconds(3_610));
        assertThat(written.stream().map(row -> row.at("/Item/Beat/N").asLong()).distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void each_row_has_the_servers_own_view_so_that_nobody_need_be_let_in_to_ask_it() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> awaitNext().at("/Item/ParametersReadMillisAgo/N").isTextual());
        assertThat(awaitNext().at("/Item/Circuit/S").asText()).isEqualTo("closed");
        assertThat(awaitNext().at("/Item/LastGoodMillisAgo/N").asLong()).isLessThan(20_000);

        aws.denyTable();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            instance.get("/");
            return awaitNext().at("/Item/Circuit/S").asText().equals("open");
        });
        long open = awaitNext().at("/Item/LastGoodMillisAgo/N").asLong();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> awaitNext().at("/Item/LastGoodMillisAgo/N").asLong() > open);
    }

    @Test
    void a_table_that_cannot_be_read_is_said_although_the_health_check_is_shallow() throws Exception {
        aws.denyTable();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !awaitNext().at("/Item/Working/BOOL").asBoolean());
        assertThat(instance.get("/healthcheck").statusCode()).isEqualTo(200);

        aws.recover();
        aws.on("PutItem", this::put);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> awaitNext().at("/Item/Working/BOOL").asBoolean());
    }

    @Test
    void heartbeats_that_cannot_be_written_hurt_nobody_and_go_on_later() throws Exception {
        aws.on("PutItem", _ -> Answer.error("com.amazon.coral.service#AccessDeniedException", "User: someone"));
        int denied = aws.calls("PutItem");
        await().atMost(Duration.ofSeconds(20)).until(() -> aws.calls("PutItem") > denied + 2);
        assertThat(instance.get("/").statusCode()).isEqualTo(200);

        aws.on("PutItem", this::put);
        assertThat(awaitNext().at("/Item/Working/BOOL").asBoolean()).isTrue();
    }
}
