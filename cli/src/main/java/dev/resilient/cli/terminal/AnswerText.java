package dev.resilient.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resilient.scenario.observe.Answer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of the service, for people: in one line, or with its whole body. */
final class AnswerText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TITLE = Pattern.compile("<title>\\d+ (.*?)</title>");

    private AnswerText() {}

    /** The status, or that there was none. */
    static String status(Answer answer) {
        return answer.status().isPresent() ? Integer.toString(answer.status().getAsInt()) : "no answer";
    }

    /** What was answered, and by whom: {@code Mirrorball by Elbow, from i-0c8d… in us-west-2c}. */
    static String line(Answer answer) {
        String what = parse(answer.text()).flatMap(AnswerText::gist).orElseGet(() -> gistOfText(answer.text()));
        String whom = answer.instanceId()
                .map(id -> ", from " + id
                        + answer.zone().map(zone -> " in " + zone).orElse(""))
                .orElse("");
        return what + whom;
    }

    /** The body, indented if it is JSON. */
    static List<String> body(Answer answer) {
        return parse(answer.text())
                .map(JsonNode::toPrettyString)
                .orElse(answer.text().strip())
                .lines()
                .toList();
    }

    private static Optional<String> gist(JsonNode body) {
        String title = body.path("Title").path("S").asText();
        String creator = body.path("Creator").path("S").asText();
        String error = body.path("error").asText();
        if (!title.isEmpty()) {
            return Optional.of(creator.isEmpty() ? title : title + " by " + creator);
        }
        return error.isEmpty() ? Optional.empty() : Optional.of(error);
    }

    /** A page of the load balancer says what happened in its title, behind the status. */
    private static String gistOfText(String text) {
        Matcher title = TITLE.matcher(text);
        return title.find() ? title.group(1) + ", from the load balancer" : text.strip();
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
