package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's own view of itself, on its own port. */
class StatusTest {
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

    private JsonNode status() throws Exception {
        return FakeAws.parse(instance.getOfStatusPort("/status").body());
    }

    @Test
    void says_who_it_is_what_is_in_force_and_how_long_ago_things_worked() throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> status().at("/parameters/readMillisAgo").isIntegralNumber());
        JsonNode before = status();
        assertThat(before.at("/instanceId").asText()).isEqualTo("i-0e4b7104cfaf8e056");
        assertThat(before.at("/zone").asText()).isEqualTo("us-west-2c");
        assertThat(before.at("/version").asText()).isNotBlank();
        assertThat(before.at("/table/name").asText()).isEqualTo(FakeAws.TABLE);
        assertThat(before.at("/table/circuit").asText()).isEqualTo("closed");
        assertThat(before.at("/table/lastGoodMillisAgo").isNull()).isTrue();
        assertThat(before.at("/parameters/healthCheck").asText()).isEqualTo("shallow");

        instance.get("/");

        assertThat(status().at("/table/lastGoodMillisAgo").isIntegralNumber()).isTrue();
    }

    @Test
    void shows_an_open_circuit() throws Exception {
        aws.denyTable();
        for (int request = 0; request < 10; request++) {
            instance.get("/");
        }
        await().atMost(Duration.ofSeconds(2)).until(() -> {
            instance.get("/");
            return status().at("/table/circuit").asText().equals("open");
        });
    }

    @Test
    void is_not_on_the_port_that_the_load_balancer_forwards_to_and_nothing_else_is_on_its_own() throws Exception {
        assertThat(instance.get("/status").statusCode()).isEqualTo(404);
        assertThat(instance.getOfStatusPort("/").statusCode()).isEqualTo(404);
        assertThat(instance.getOfStatusPort("/healthcheck").statusCode()).isEqualTo(404);
    }
}
