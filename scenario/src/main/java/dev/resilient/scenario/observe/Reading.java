package dev.resilient.scenario.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/**
 * What a response says to a user.
 *
 * @param kind what it means
 * @param instanceId which instance answered, if the response says so
 * @param zone the Availability Zone of that instance
 */
public record Reading(AnswerKind kind, Optional<String> instanceId, Optional<String> zone) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATIC_TITLE = "404 Not Found: A Coloring Book";
    private static final String STATIC_ITEM = "0";
    private static final String LOAD_BALANCER = "awselb/";

    /**
     * Reads a response.
     *
     * @param server its Server field, by which the load balancer's own responses are known; empty if there is none
     */
    public static Reading of(int status, String server, String body) {
        JsonNode json = parsed(body);
        return new Reading(
                kind(status, server.startsWith(LOAD_BALANCER), json),
                text(json.at("/Metadata/InstanceId")),
                text(json.at("/Metadata/AvailabilityZone")));
    }

    private static AnswerKind kind(int status, boolean byLoadBalancer, JsonNode body) {
        return switch (status / 100) {
            case 4 -> AnswerKind.CLIENT_ERROR;
            case 5 -> byLoadBalancer ? AnswerKind.BALANCER_ERROR : AnswerKind.TARGET_ERROR;
            default -> status == 200 ? kindOf(body) : AnswerKind.UNEXPECTED;
        };
    }

    /**
     * A recommendation has a title; the static one is known by its title and its item id; one that was kept has an age. All name
     * their instance.
     */
    private static AnswerKind kindOf(JsonNode body) {
        Optional<String> title = text(body.at("/Title/S"));
        if (title.isEmpty() || text(body.at("/Metadata/InstanceId")).isEmpty()) {
            return AnswerKind.UNEXPECTED;
        }
        boolean isStatic = title.get().equals(STATIC_TITLE)
                && text(body.at("/ItemId/N")).filter(STATIC_ITEM::equals).isPresent();
        if (isStatic) {
            return AnswerKind.STATIC;
        }
        return body.at("/Metadata/AgeMillis").isNumber() ? AnswerKind.CACHED : AnswerKind.RECOMMENDATION;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
