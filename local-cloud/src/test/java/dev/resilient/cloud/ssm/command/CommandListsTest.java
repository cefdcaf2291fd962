package dev.resilient.cloud.ssm.command;

import static dev.resilient.cloud.ssm.command.CommandStage.A;
import static dev.resilient.cloud.ssm.command.CommandStage.B;
import static dev.resilient.cloud.ssm.command.CommandStage.C;
import static dev.resilient.cloud.ssm.command.CommandStage.assertError;
import static dev.resilient.cloud.ssm.command.CommandStage.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.testing.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** Commands, invocations and instances as they are shown afterwards: in lists, one by one, and for how long. */
class CommandListsTest {
    private final CommandStage stage = new CommandStage();
    private final ManualTime time = stage.time;
    private final FakeInstances instances = stage.instances;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void an_invocation_that_does_not_exist_is_said_so() {
        stage.online(A);
        Command sent = stage.send(request -> request.instanceIds(A));

        assertError(() -> stage.get(sent, B), "InvocationDoesNotExist");
        assertError(
                () -> stage.call(GetCommandInvocationRequest.builder()
                        .commandId(sent.commandId())
                        .instanceId(A)
                        .pluginName("aws:runPowerShellScript")
                        .build()),
                "InvalidPluginName");
    }

    @Test
    void lists_come_in_pages_the_newest_first_and_know_no_filters() {
        stage.online(A, B);
        Command first = stage.send(request -> request.instanceIds(A));
        time.advance(Duration.ofMinutes(1));
        Command second = stage.send(request -> request.instanceIds(A, B));
        time.advance(Duration.ofMinutes(1));
        Command third = stage.send(request -> request.instanceIds(B));
        stage.awaitStarted(4).forEach(script -> script.returns(0, "", ""));
        await().until(() -> stage.commands().stream()
                .allMatch(command -> command.statusAsString().equals("Success")));

        assertThat(stage.commands())
                .extracting(Command::commandId)
                .containsExactly(third.commandId(), second.commandId(), first.commandId());
        ListCommandsResponse page =
                stage.call(ListCommandsRequest.builder().maxResults(2).build());
        ListCommandsResponse rest = stage.call(
                ListCommandsRequest.builder().nextToken(page.nextToken()).build());
        assertThat(page.commands()).hasSize(2);
        assertThat(rest.commands()).extracting(Command::commandId).containsExactly(first.commandId());
        assertThat(rest.nextToken()).isNull();
        ListCommandInvocationsResponse ofB =
                stage.call(ListCommandInvocationsRequest.builder().instanceId(B).build());
        assertThat(ofB.commandInvocations())
                .extracting(CommandInvocation::commandId)
                .containsExactly(third.commandId(), second.commandId());
        assertThat(ofB.commandInvocations().getFirst().commandPlugins()).isEmpty();
        assertError(
                () -> stage.call(ListCommandsRequest.builder().nextToken("?").build()), "InvalidNextToken");
        assertError(
                () -> stage.call(ListCommandsRequest.builder()
                        .filters(CommandFilter.builder()
                                .key(CommandFilterKey.STATUS)
                                .value("Failed")
                                .build())
                        .build()),
                "ValidationException");
        assertError(
                () -> stage.call(ListCommandsRequest.builder()
                        .commandId("00000000-0000-4000-a000-000000000000")
                        .build()),
                "InvalidCommandId");
    }

    @Test
    void commands_outlive_their_cloud_and_their_scripts_do_not(@TempDir Path directory) {
        stage.restart(directory);
        stage.online(A);
        Command done = stage.send(request -> request.instanceIds(A));
        stage.awaitStarted(1).getFirst().returns(0, "kept", "");
        stage.awaitDetails(done, A, "Success");
        Command running = stage.send(request -> request.instanceIds(A));
        stage.awaitStarted(2);
        stage.awaitDetails(running, A, "InProgress");

        stage.restart(directory);

        assertThat(stage.get(done, A).standardOutputContent()).isEqualTo("kept");
        assertThat(stage.get(running, A).statusDetails()).isEqualTo("DeliveryTimedOut");
    }

    @Test
    void commands_are_forgotten_after_thirty_days() {
        stage.online(A);
        Command old = stage.send(request -> request.instanceIds(A));
        stage.awaitStarted(1).getFirst().returns(0, "", "");
        stage.awaitDetails(old, A, "Success");
        time.advance(Duration.ofDays(30).plusSeconds(1));

        Command young = stage.send(request -> request.instanceIds(A));

        assertThat(stage.commands()).extracting(Command::commandId).containsExactly(young.commandId());
    }

    @Test
    void instances_are_described_and_filtered() {
        instances.add(A, true, Map.of("role", "web"));
        instances.add(B, false, Map.of());

        assertThat(information()).extracting(InstanceInformation::instanceId).containsExactly(A, B);
        assertThat(information("PingStatus", "Online")).singleElement().satisfies(each -> {
            assertThat(each.instanceId()).isEqualTo(A);
            assertThat(each.pingStatus()).isEqualTo(PingStatus.ONLINE);
            assertThat(each.ipAddress()).isEqualTo("127.31.0.9");
            assertThat(each.computerName()).isEqualTo("host-of-" + A);
            assertThat(each.resourceTypeAsString()).isEqualTo("EC2Instance");
        });
        assertThat(information("PingStatus", "ConnectionLost"))
                .extracting(InstanceInformation::instanceId)
                .containsExactly(B);
        assertThat(information("tag:role", "web")).hasSize(1);
        assertThat(information("tag-key", "role", "other")).hasSize(1);
        assertThat(information("InstanceIds", B, C)).hasSize(1);
        assertError(() -> information("Colour", "red"), "InvalidFilterKey");
    }

    private List<InstanceInformation> information() {
        DescribeInstanceInformationResponse response =
                stage.call(DescribeInstanceInformationRequest.builder().build());
        return response.instanceInformationList();
    }

    private List<InstanceInformation> information(String key, String... values) {
        DescribeInstanceInformationResponse response = stage.call(DescribeInstanceInformationRequest.builder()
                .filters(InstanceInformationStringFilter.builder()
                        .key(key)
                        .values(values)
                        .build())
                .build());
        return response.instanceInformationList();
    }
}
