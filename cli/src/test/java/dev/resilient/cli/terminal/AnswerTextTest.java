package dev.resilient.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.ResponseKind;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTextTest {
    static final String ITEM = """
            {"UserId":{"N":"1"},"Title":{"S":"Mirrorball"},"Creator":{"S":"Elbow"}}""";

    @Test
    void a_recommendation_is_told_by_title_creator_and_who_answered() {
        assertThat(AnswerText.line(from("i-1", ITEM))).isEqualTo("Mirrorball by Elbow, from i-1 in us-west-2c");
    }

    @Test
    void a_title_without_a_creator_is_told_alone() {
        assertThat(AnswerText.line(answer(200, "{\"Title\":{\"S\":\"Beowulf\"}}")))
                .isEqualTo("Beowulf");
    }

    @Test
    void an_error_of_the_server_is_told_in_its_words() {
        assertThat(AnswerText.line(from("i-1", "{\"error\":\"the table is not there\"}")))
                .isEqualTo("the table is not there, from i-1 in us-west-2c");
    }

    @Test
    void a_page_of_the_load_balancer_is_told_by_its_title() {
        assertThat(AnswerText.line(answer(502, "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n")))
                .isEqualTo("Bad Gateway, from the load balancer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "42",
                "\"text\"",
                "{",
                "{}",
                "{\"Title\":7}",
                "{\"error\":{\"a\":1}}",
                "<title>"
            })
    void anything_else_is_told_as_it_is(String body) {
        assertThat(AnswerText.line(answer(200, body))).isEqualTo(body);
    }

    @Test
    void a_body_that_is_nested_without_end_is_told_as_it_is() {
        String nested = "{\"a\":".repeat(5_000);
        assertThat(AnswerText.line(answer(200, nested))).isEqualTo(nested);
        assertThat(AnswerText.body(answer(200, nested))).containsExactly(nested);
    }

    @Test
    void the_body_is_indented_if_it_is_json() {
        assertThat(AnswerText.body(answer(200, "{\"error\":\"no\"}")))
                .containsExactly("{", "  \"error\" : \"no\"", "}");
        assertThat(AnswerText.body(answer(502, "\r\nfirst\r\nsecond\r\n"))).containsExactly("first", "second");
        assertThat(AnswerText.body(answer(204, ""))).isEmpty();
    }

    @Test
    void the_status_is_told_or_that_there_was_none() {
        assertThat(AnswerText.status(answer(503, ""))).isEqualTo("503");
        assertThat(AnswerText.status(none("connection refused"))).isEqualTo("no answer");
    }

    static Answer answer(int status, String text) {
        return answer(OptionalInt.of(status), Optional.empty(), text);
    }

    static Answer from(String instance, String text) {
        return answer(OptionalInt.of(200), Optional.of(instance), text);
    }

    static Answer none(String why) {
        return answer(OptionalInt.empty(), Optional.empty(), why);
    }

    private static Answer answer(OptionalInt status, Optional<String> instance, String text) {
        ResponseKind kind = status.orElse(0) == 200 ? ResponseKind.RECOMMENDATION : ResponseKind.ERROR;
        return new Answer(
                0, Duration.ofMillis(5), true, kind, status, instance, instance.map(id -> "us-west-2c"), text);
    }
}
