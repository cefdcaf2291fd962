package dev.resilient.endtoend.contract;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        Player player = new Player(client, endpoint);
        return ContractCase.chapter(chapter).stream()
                .filter(each -> each.isFor(client))
                .map(each -> dynamicTest(each.title(), () -> player.play(each)));
    }
}
