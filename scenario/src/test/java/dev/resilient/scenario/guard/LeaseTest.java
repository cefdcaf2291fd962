package dev.resilient.scenario.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeAws.Reply;
import dev.resilient.scenario.guard.Guarding.Tenure;
import dev.resilient.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two guards and one lease, in a table of one row that honours the conditions of writes. */
class LeaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private ObjectNode row = JSON.createObjectNode();
    private FakeAws aws;
    private ManualTime time;
    private Lease first;
    private Lease second;

    @BeforeEach
    void start() throws IOException {
        aws = new FakeAws(this::answer);
        time = new ManualTime();
        first = lease("first", false, time);
        second = lease("second", false, time);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Lease lease(String me, boolean atOnce, ManualTime clock) {
        return new Lease(aws.clients().dynamoDb(), "beats", me, PATIENCE, atOnce, clock);
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
        row.set("HeldUntil", values.get(":until"));
        return new Reply(200, "{}");
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }

    private void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void who_comes_first_has_it_and_keeps_it_as_long_as_he_asks() {
        for (int look = 0; look < 20; look++) {
            assertThat(first.hold()).isPresent();
            assertThat(second.hold()).isEmpty();
            pass(10);
        }
    }

    @Test
    void a_holder_that_has_stopped_is_followed_and_what_it_replaced_is_known() {
        Lease.Terms held = first.hold().orElseThrow();
        assertThat(first.note(held, 2)).isPresent();
        assertThat(second.hold()).isEmpty();
        pass(29);
        assertThat(second.hold()).isEmpty();
        pass(1);
        assertThat(second.hold())
                .hasValueSatisfying(terms -> assertThat(terms.replaced()).isEqualTo(2));
    }

    @Test
    void a_holder_that_stood_still_finds_that_it_is_the_holder_no_longer_before_it_can_act() {
        Lease.Terms stale = first.hold().orElseThrow();
        assertThat(second.hold()).isEmpty();
        pass(30);
        assertThat(second.hold()).isPresent();

        assertThat(first.note(stale, 1)).isEmpty();
        assertThat(first.hold()).isEmpty();
    }

    @Test
    void one_that_takes_it_at_once_keeps_it_and_the_holder_before_finds_out_before_it_can_act() {
        Lease.Terms stale = first.hold().orElseThrow();
        Lease eager = lease("eager", true, time);
        assertThat(eager.hold()).isPresent();

        assertThat(first.note(stale, 1)).isEmpty();
        for (int look = 0; look < 20; look++) {
            assertThat(first.hold()).isEmpty();
            assertThat(eager.hold()).isPresent();
            pass(10);
        }
    }

    @Test
    void of_two_who_want_to_follow_one_does() {
        first.hold();
        Lease third = lease("third", false, time);
        second.hold();
        third.hold();
        pass(30);
        assertThat(second.hold()).isPresent();
        assertThat(third.hold()).isEmpty();
    }

    @Test
    void nobodys_clock_has_to_agree_with_anybody_elses() {
        ManualTime elsewhere = new ManualTime(Instant.parse("1999-12-31T23:00:00Z"));
        elsewhere.advance(Duration.ofDays(100));
        Lease other = lease("other", false, elsewhere);
        for (int look = 0; look < 20; look++) {
            assertThat(first.hold()).isPresent();
            assertThat(other.hold()).isEmpty();
            pass(10);
            elsewhere.advance(Duration.ofSeconds(10));
        }
    }

    @Test
    void people_can_see_who_had_it_last_and_until_when() {
        assertThat(Lease.last(aws.clients().dynamoDb(), "beats")).isEmpty();
        first.hold();
        pass(10);
        first.hold();
        assertThat(Lease.last(aws.clients().dynamoDb(), "beats"))
                .contains(new Tenure("first", time.instant().plus(PATIENCE)));
    }
}
