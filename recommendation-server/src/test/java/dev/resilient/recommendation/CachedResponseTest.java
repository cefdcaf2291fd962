package dev.resilient.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered in place of a recommendation when the parameter says {@code cached}. */
class CachedResponseTest {
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

    /** Waits until the parameter is in force, without asking for a recommendation. */
    private void cachedInForce() {
        aws.parameter("-failure-response", "cached");
        await().atMost(Duration.ofSeconds(2))
                .until(() -> FakeAws.parse(instance.getOfStatusPort("/status").body())
                        .at("/parameters/failureResponse")
                        .asText()
                        .equals("cached"));
    }

    @Test
    void is_one_of_the_last_recommendations_of_this_instance_with_its_age() throws Exception {
        cachedInForce();
        Set<String> given = new HashSet<>();
        for (int request = 0; request < 10; request++) {
            JsonNode fresh = FakeAws.parse(instance.get("/").body());
            assertThat(fresh.at("/Metadata").has("AgeMillis")).isFalse();
            given.add(fresh.at("/Title/S").asText());
        }
        aws.denyTable();

        Set<String> repeated = new HashSet<>();
        for (int request = 0; request < 10; request++) {
            JsonNode cached = FakeAws.parse(instance.get("/").body());
            assertThat(cached.at("/Metadata/AgeMillis").isIntegralNumber()).isTrue();
            assertThat(cached.at("/Metadata/AgeMillis").asLong()).isBetween(0L, 60_000L);
            assertThat(cached.at("/Metadata/InstanceId").asText()).isEqualTo("i-0e4b7104cfaf8e056");
            repeated.add(cached.at("/Title/S").asText());
        }
        assertThat(repeated).isEqualTo(given);
    }

    @Test
    void is_the_static_book_as_long_as_there_was_no_recommendation() throws Exception {
        aws.denyTable();
        cachedInForce();

        JsonNode body = FakeAws.parse(instance.get("/").body());

        assertThat(body.at("/Title/S").asText()).isEqualTo("404 Not Found: A Coloring Book");
        assertThat(body.at("/Metadata").has("AgeMillis")).isFalse();
    }
}
