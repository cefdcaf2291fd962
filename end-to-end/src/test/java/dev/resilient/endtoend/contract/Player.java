package dev.resilient.endtoend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Plays the cases of a chapter with one client, each going on from what those before it left. */
final class Player {
    private static final Duration EVENTUALLY = Duration.ofSeconds(30);

    /** What a client does not tell cannot be compared. */
    private static final List<String> NOT_TOLD_BY_ALL = List.of("status", "requestId", "pages");

    private final Client client;
    private final Memory memory = new Memory();

    Player(Client client, Endpoint endpoint) {
        this.client = client;
        memory.keep("me", client.name().replaceFirst(".* ", "").toLowerCase(Locale.ROOT));
        memory.keep("region", endpoint.variable("AWS_REGION"));
        memory.keep("large", "x".repeat(100_000));
    }

    /** Asks the client, and fails with what it saw if that is not what the case says. */
    void play(ContractCase played) {
        JsonNode question = memory.fill(played.question());
        ObjectNode expected = (ObjectNode) memory.fill(played.expected());
        if (played.eventually()) {
            await().atMost(EVENTUALLY).untilAsserted(() -> check(expected, client.ask(question)));
        }
        JsonNode reply = client.ask(question);
        played.keep().forEach((name, place) -> memory.keep(name, reply.at(place).asText()));
        check(expected, reply);
    }

    private void check(ObjectNode expected, JsonNode reply) {
        ObjectNode comparable = expected.deepCopy();
        NOT_TOLD_BY_ALL.stream().filter(told -> !reply.has(told)).forEach(comparable::remove);
        assertThat(new Expectation(comparable).differences(reply))
                .as("%s got %s", client.name(), reply)
                .isEmpty();
    }
}
