package dev.resilient.cloud.ssm.command;

import static dev.resilient.cloud.ssm.command.CommandStage.A;
import static dev.resilient.cloud.ssm.command.CommandStage.B;
import static dev.resilient.cloud.ssm.command.CommandStage.request;
import static dev.resilient.cloud.ssm.command.CommandStage.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.Target;

/** What becomes of a command on its instances. */
class InvocationsTest {
    private final CommandStage stage = new CommandStage();
    private final ManualTime time = stage.time;
    private final FakeInstances instances = stage.instances;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void a_script_that_returns_nothing_bad_is_a_success() {
        stage.online(A);
        Command sent = stage.send(request -> request.instanceIds(A)
                .comment("say hello")
                .parameters(Map.of("commands", List.of("echo hello", "exit 0"), "workingDirectory", List.of("work"))));
        assertThat(sent.statusAsString()).isEqualTo("Pending");
        assertThat(sent.targetCount()).isEqualTo(1);
        assertThat(sent.requestedDateTime()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(sent.expiresAfter()).isEqualTo("2026-01-01T14:00:00Z");
        assertThat(sent.maxConcurrency()).isEqualTo("50");
        assertThat(sent.maxErrors()).isEqualTo("0");
        assertThat(sent.documentVersion()).isEqualTo("$DEFAULT");

        FakeInstances.Started script = stage.awaitStarted(1).getFirst();
        assertThat(script.script()).isEqualTo("echo hello\nexit 0\n");
        assertThat(script.directory()).isEqualTo("work");
        stage.awaitDetails(sent, A, "InProgress");
        assertThat(stage.get(sent, A).executionStartDateTime()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(stage.get(sent, A).responseCode()).isEqualTo(-1);
        time.advance(Duration.ofMillis(1500).plusNanos(7322));
        script.returns(0, "hello\n", "");

        stage.awaitDetails(sent, A, "Success");
        GetCommandInvocationResponse invocation = stage.get(sent, A);
        assertThat(invocation.statusAsString()).isEqualTo("Success");
        assertThat(invocation.responseCode()).isZero();
        assertThat(invocation.standardOutputContent()).isEqualTo("hello\n");
        assertThat(invocation.standardErrorContent()).isEmpty();
        assertThat(invocation.executionElapsedTime()).isEqualTo("PT1.5S");
        assertThat(invocation.executionEndDateTime()).isEqualTo("2026-01-01T12:00:01.500Z");
        assertThat(invocation.pluginName()).isEqualTo("aws:runShellScript");
        assertThat(invocation.comment()).isEqualTo("say hello");
        Command listed = stage.command(sent);
        assertThat(listed.statusDetails()).isEqualTo("Success");
        assertThat(listed.completedCount()).isEqualTo(1);
        assertThat(listed.errorCount()).isZero();
    }

    @Test
    void a_script_that_returns_something_else_has_failed() {
        stage.online(A);
        Command sent = stage.send(request -> request.instanceIds(A));
        stage.awaitStarted(1).getFirst().returns(7, "out\n", "err\n");

        stage.awaitDetails(sent, A, "Failed");
        GetCommandInvocationResponse invocation = stage.get(sent, A);
        assertThat(invocation.responseCode()).isEqualTo(7);
        assertThat(invocation.standardErrorContent()).isEqualTo("err\nfailed to run commands: exit status 7");
        assertThat(stage.command(sent).statusAsString()).isEqualTo("Failed");
        assertThat(stage.command(sent).errorCount()).isEqualTo(1);
        assertThat(stage.details(sent).getFirst().commandPlugins().getFirst().output())
                .isEqualTo("out\n\n----------ERROR-------\nerr\nfailed to run commands: exit status 7");
    }

    @Test
    void output_is_cut_to_what_AWS_keeps() {
        stage.online(A);
        Command sent = stage.send(request -> request.instanceIds(A));
        stage.awaitStarted(1).getFirst().returns(0, "o".repeat(30_000), "e".repeat(30_000));

        stage.awaitDetails(sent, A, "Success");
        assertThat(stage.get(sent, A).standardOutputContent()).hasSize(24_000);
        assertThat(stage.get(sent, A).standardErrorContent()).hasSize(8_000);
        assertThat(stage.details(sent).getFirst().commandPlugins().getFirst().output())
                .hasSize(2_500)
                .endsWith("\n---Output truncated---");
    }

    @Test
    void a_script_that_takes_too_long_is_ended() {
        stage.online(A);
        Command sent = stage.send(request -> request.instanceIds(A)
                .parameters(Map.of("commands", List.of("sleep 100"), "executionTimeout", List.of("30"))));
        FakeInstances.Started script = stage.awaitStarted(1).getFirst();
        time.advance(Duration.ofSeconds(29));
        stage.awaitDetails(sent, A, "InProgress");
        assertThat(script.result()).isNotDone();

        stage.advanceUntil(sent, A, "ExecutionTimedOut", Duration.ofSeconds(1));

        assertThat(stage.get(sent, A).statusAsString()).isEqualTo("TimedOut");
        assertThat(stage.get(sent, A).responseCode()).isEqualTo(137);
        assertThat(script.result()).isDone();
        assertThat(stage.command(sent).statusAsString()).isEqualTo("TimedOut");
    }

    @Test
    void an_instance_that_ends_under_its_command_never_answers() {
        stage.online(A);
        Command sent = stage.send(request -> request.instanceIds(A));

        stage.awaitStarted(1).getFirst().result().complete(new ManagedInstances.Result(OptionalInt.empty(), "", ""));

        stage.awaitDetails(sent, A, "DeliveryTimedOut");
        assertThat(stage.get(sent, A).responseCode()).isEqualTo(-1);
        assertThat(stage.command(sent).deliveryTimedOutCount()).isEqualTo(1);
    }

    @Test
    void a_command_waits_for_its_instance_as_long_as_it_was_told_to() {
        instances.add(A, false, Map.of("role", "web"));
        Command sent = stage.send(request -> request.targets(tag("role", "web")).timeoutSeconds(30));
        Command other =
                stage.send(request -> request.targets(tag("role", "web")).timeoutSeconds(3000));
        assertThat(stage.get(sent, A).statusAsString()).isEqualTo("Pending");

        stage.advanceUntil(sent, A, "DeliveryTimedOut", Duration.ofSeconds(31));
        assertThat(stage.get(sent, A).statusAsString()).isEqualTo("TimedOut");
        instances.add(A, true, Map.of("role", "web"));
        await().until(() -> {
            time.advance(Duration.ofSeconds(1));
            return !instances.started.isEmpty();
        });
        instances.started.getFirst().returns(0, "", "");
        stage.awaitDetails(other, A, "Success");
    }

    @Test
    void an_instance_that_is_gone_cannot_be_delivered_to() {
        instances.add(A, false, Map.of("role", "web"));
        Command sent = stage.send(request -> request.targets(tag("role", "web")));
        instances.instances.remove(A);

        stage.advanceUntil(sent, A, "Undeliverable", Duration.ofSeconds(1));
        assertThat(stage.get(sent, A).statusAsString()).isEqualTo("Failed");
        assertThat(stage.command(sent).errorCount()).isZero();

        Command unknown = stage.send(request ->
                request.targets(Target.builder().key("InstanceIds").values(B).build()));
        assertThat(stage.get(unknown, B).statusDetails()).isEqualTo("Undeliverable");
    }
}
