package dev.resilient.endtoend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI, boto3 and AWS's SDK for Java play one table of cases against one endpoint, and must all see the same. */
class ContractTest {
    /** In this order: the account is empty before the first and after the last. */
    private static final List<String> CHAPTERS = List.of(
            "empty", "sts", "dynamodb", "ssm", "s3", "iam", "ec2", "elbv2", "autoscaling", "unsupported", "empty");

    private static final Duration EVENTUALLY = Duration.ofSeconds(30);

    /** What a client does not tell cannot be compared. */
    private static final List<String> NOT_TOLD_BY_ALL = List.of("status", "requestId", "pages");

    private static Endpoint endpoint;
    private static List<Client> clients;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        SystemPython.require();
        Files.createDirectory(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/config"), "[default]\nparameter_validation = false\n");
        endpoint = Endpoint.start(home);
        clients = List.of(new JavaClient(endpoint), PythonClient.boto3(endpoint), PythonClient.awsCli(endpoint));
    }

    @AfterAll
    static void end() {
        clients.forEach(Client::close);
        endpoint.close();
    }

    @TestFactory
    Stream<DynamicNode> every_client_sees_what_AWS_would_show() {
        return clients.stream()
                .map(client -> dynamicContainer(
                        client.name(),
                        CHAPTERS.stream().map(chapter -> dynamicContainer(chapter, play(chapter, client)))));
    }

    private static Stream<DynamicNode> play(String chapter, Client client) {
        Memory memory = new Memory();
        memory.keep("me", client.name().replaceFirst(".* ", "").toLowerCase(Locale.ROOT));
        memory.keep("region", endpoint.variable("AWS_REGION"));
        memory.keep("large", "x".repeat(100_000));
        return ContractCase.chapter(chapter).stream()
                .filter(each -> each.clients().isEmpty() || each.clients().contains(client.name()))
                .map(each -> dynamicTest(each.title(), () -> play(each, client, memory)));
    }

    private static void play(ContractCase played, Client client, Memory memory) {
        JsonNode question = memory.fill(played.question());
        ObjectNode expected = (ObjectNode) memory.fill(played.expected());
        if (played.eventually()) {
            await().atMost(EVENTUALLY).untilAsserted(() -> check(expected, client, client.ask(question)));
        }
        JsonNode reply = client.ask(question);
        played.keep().forEach((name, place) -> memory.keep(name, reply.at(place).asText()));
        check(expected, client, reply);
    }

    private static void check(ObjectNode expected, Client client, JsonNode reply) {
        ObjectNode comparable = expected.deepCopy();
        NOT_TOLD_BY_ALL.stream().filter(told -> !reply.has(told)).forEach(comparable::remove);
        assertThat(new Expectation(comparable).differences(reply))
                .as("%s got %s", client.name(), reply)
                .isEmpty();
    }
}
