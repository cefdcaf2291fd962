package dev.resilient.cloud.ssm.command;

import static dev.resilient.cloud.ssm.command.CommandStage.A;
import static dev.resilient.cloud.ssm.command.CommandStage.B;
import static dev.resilient.cloud.ssm.command.CommandStage.C;
import static dev.resilient.cloud.ssm.command.CommandStage.assertError;
import static dev.resilient.cloud.ssm.command.CommandStage.request;
import static dev.resilient.cloud.ssm.command.CommandStage.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilient.wire.Access;
import dev.resilient.wire.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.Target;

/** What a command is sent to, what is refused, and what IAM is asked. */
class SendCommandTest {
    private final CommandStage stage = new CommandStage();
    private final FakeInstances instances = stage.instances;

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void targets_are_found_by_tags_and_ids_of_which_all_must_match() {
        instances.add(A, true, Map.of("role", "web", "stage", "test"));
        instances.add(B, true, Map.of("role", "web"));
        instances.add(C, true, Map.of("role", "data"));

        assertThat(targetsOf(tag("role", "web", "data"))).containsExactly(A, B, C);
        assertThat(targetsOf(tag("role", "web"), tag("stage", "test"))).containsExactly(A);
        assertThat(targetsOf(Target.builder().key("tag-key").values("stage").build()))
                .containsExactly(A);
        assertThat(targetsOf(Target.builder().key("InstanceIds").values(B, C).build()))
                .containsExactly(B, C);
        assertError(
                () -> targetsOf(
                        Target.builder().key("resource-groups:Name").values("x").build()),
                "InvalidTarget");
    }

    @Test
    void targets_that_name_nothing_are_a_success() {
        Command sent = stage.send(request -> request.targets(tag("role", "nobody")));

        assertThat(sent.statusAsString()).isEqualTo("Pending");
        assertThat(stage.command(sent).statusAsString()).isEqualTo("Success");
        assertThat(stage.command(sent).statusDetails()).isEqualTo("NoInstancesInTag");
        assertThat(stage.command(sent).targetCount()).isZero();
    }

    @Test
    void limits_of_a_command_are_refused_by_name_and_one_error_fails_it() {
        stage.online(A, B);
        assertError(() -> stage.send(request -> request.instanceIds(A, B).maxConcurrency("1")), "ValidationException");
        assertError(() -> stage.send(request -> request.instanceIds(A, B).maxErrors("1")), "ValidationException");

        Command sent = stage.send(request -> request.instanceIds(A, B));
        stage.awaitStarted(2).getFirst().returns(1, "", "");
        instances.started.getLast().returns(0, "", "");

        await().until(() -> stage.command(sent).completedCount() == 2);
        assertThat(stage.command(sent).statusDetails()).isEqualTo("Failed");
        assertThat(stage.command(sent).errorCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "AWS-RunPowerShellScript, 1, InvalidDocument",
        "AWS-RunShellScript, 2, InvalidDocumentVersion",
    })
    void other_documents_are_refused(String name, String version, String code) {
        stage.online(A);

        assertError(
                () -> stage.send(
                        request -> request.instanceIds(A).documentName(name).documentVersion(version)),
                code);
        assertThat(stage.commands()).isEmpty();
    }

    @Test
    void what_cannot_be_sent_is_refused_and_leaves_nothing() {
        stage.online(A);
        instances.add(B, false, Map.of());

        assertError(
                () -> stage.send(request -> request.instanceIds(A, B, C)),
                "InvalidInstanceId",
                "Instances [[" + B + ", " + C + "]] not in a valid state for account 123456789012");
        assertError(() -> stage.send(request -> request.instanceIds(A, A)), "DuplicateInstanceId");
        assertError(() -> stage.send(request -> {}), "InvalidTarget");
        assertError(() -> stage.send(request -> request.instanceIds(A).parameters(Map.of())), "InvalidParameters");
        assertError(
                () -> stage.send(request -> request.instanceIds(A)
                        .parameters(Map.of("commands", List.of("x"), "executionTimeout", List.of("172801")))),
                "InvalidParameters");
        assertError(
                () -> stage.send(request ->
                        request.instanceIds(A).parameters(Map.of("commands", List.of("x"), "other", List.of("y")))),
                "InvalidParameters");
        assertError(
                () -> stage.send(request -> request.instanceIds(A).outputS3BucketName("bucket")),
                "ValidationException",
                "The parameter OutputS3BucketName is not supported by this cloud");
        assertError(() -> stage.send(request -> request.instanceIds(A).documentHash("00")), "ValidationException");
        assertThat(stage.commands()).isEmpty();
        assertThat(instances.started).isEmpty();
    }

    @Test
    void iam_is_asked_about_the_document_and_every_instance() {
        instances.add(A, true, Map.of("role", "web"));
        @SuppressWarnings("unchecked") // the registry gives back what was registered under the name
        Operation<SendCommandRequest, SendCommandResponse> operation =
                (Operation<SendCommandRequest, SendCommandResponse>)
                        stage.operations().find("SendCommand").orElseThrow();

        assertThat(operation.access().of(request(builder -> builder.targets(tag("role", "web")))))
                .extracting(Access.Question::resource)
                .containsExactly(
                        "arn:aws:ssm:us-west-2::document/AWS-RunShellScript",
                        "arn:aws:ec2:us-west-2:123456789012:instance/" + A);
    }

    private List<String> targetsOf(Target... targets) {
        Command sent = stage.send(request -> request.targets(targets));
        return stage.details(sent).stream().map(CommandInvocation::instanceId).toList();
    }
}
