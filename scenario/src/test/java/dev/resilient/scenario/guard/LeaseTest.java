package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two guards and one lease, in a table of one row that honours the conditions of writes. */
class LeaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private ObjectNode row = JSON.createObjectNode();
    private FakeAws aws;
    private Lease first;
    private Lease second;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws(this::answer);
        first = new Lease(aws.clients().dynamoDb(), "beats", "first", PATIENCE);
        second = new Lease(aws.clients().dynamoDb(), "beats", "second", PATIENCE);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Reply answer(String operation, String body) {
        JsonNode request = parsed(body);
        return switch (operation) {
            case "GetItem" -> new Reply(200, row.isEmpty() ? "{}" : "{\"Item\":" + row + "}");
            case "UpdateItem" -> update(request);
            default -> throw new AssertionError(operation);
        };
    }

    private Reply update(JsonNode request) {
        JsonNode values = request.get("ExpressionAttributeValues");
        boolean holds =
                switch (request.get("ConditionExpression").textValue()) {
                    case "attribute_not_exists(Term)" -> row.isEmpty();
                    case "Holder = :me AND Term = :term" ->
                        values.get(":me").equals(row.get("Holder"))
                                && values.get(":term").equals(row.get("Term"));
                    default -> throw new AssertionError(request.toString());
                };
        if (!holds) {
            return new Reply(
                    400,
                    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                            + "\"message\":\"The conditional request failed\"}");
        }
        row.set("Holder", values.get(":after"));
        row.set("Term", values.get(":next"));
        row.set("Replaced", values.get(":replaced"));
        return new Reply(200, "{}");
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }

    private static long seconds(int second) {
        return Duration.ofSeconds(second).toNanos();
    }

    @Test
    void who_comes_first_has_it_and_keeps_it_as_long_as_he_asks() {
        for (int second = 0; second < 200; second += 10) {
            assertThat(first.hold(seconds(second))).isPresent();
            assertThat(this.second.hold(seconds(second))).isEmpty();
        }
    }

    @Test
    void a_holder_that_has_stopped_is_followed_and_what_it_replaced_is_known() {
        Lease.Terms held = first.hold(0).orElseThrow();
        assertThat(first.note(held, 2, 0)).isPresent();
        assertThat(second.hold(seconds(1))).isEmpty();
        assertThat(second.hold(seconds(30))).isEmpty();
        assertThat(second.hold(seconds(31)))
                .hasValueSatisfying(terms -> assertThat(terms.replaced()).isEqualTo(2));
    }

    @Test
    void a_holder_that_stood_still_finds_that_it_is_the_holder_no_longer_before_it_can_act() {
        Lease.Terms stale = first.hold(0).orElseThrow();
        assertThat(second.hold(seconds(1))).isEmpty();
        assertThat(second.hold(seconds(31))).isPresent();

        assertThat(first.note(stale, 1, seconds(32))).isEmpty();
        assertThat(first.hold(seconds(33))).isEmpty();
    }

    @Test
    void of_two_who_want_to_follow_one_does() {
        first.hold(0);
        Lease third = new Lease(aws.clients().dynamoDb(), "beats", "third", PATIENCE);
        second.hold(seconds(1));
        third.hold(seconds(1));
        assertThat(second.hold(seconds(31))).isPresent();
        assertThat(third.hold(seconds(31))).isEmpty();
    }

    @Test
    void nobodys_clock_has_to_agree_with_anybody_elses() {
        for (int second = 0; second < 200; second += 10) {
            assertThat(first.hold(seconds(second))).isPresent();
            assertThat(this.second.hold(seconds(1_000_000 + second))).isEmpty();
        }
    }
}
