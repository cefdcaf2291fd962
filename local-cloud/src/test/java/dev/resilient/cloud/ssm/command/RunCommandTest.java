package dev.resilient.cloud.ssm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Access;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.Target;

class RunCommandTest {
    private static final String A = "i-0aaaaaaaaaaaaaaaa";
    private static final String B = "i-0bbbbbbbbbbbbbbbb";
    private static final String C = "i-0cccccccccccccccc";
    private static final Call CALL = new Call(
            new Caller("123456789012", "arn:aws:iam::123456789012:user/administrator", "AIDA"), "request", new byte[0]);

    private final ManualTime time = new ManualTime();
    private final FakeInstances instances = new FakeInstances();
    private ResourceStore store = ResourceStore.inMemory();
    private RunCommand runCommand = start();
    private OperationRegistry operations = registry();

    @AfterEach
    void close() {
        instances.started.forEach(FakeInstances.Started::end);
        runCommand.close();
        store.close();
    }

    @Test
    void a_script_that_returns_nothing_bad_is_a_success() {
        online(A);
        Command sent = send(request -> request.instanceIds(A)
                .comment("say hello")
                .parameters(Map.of("commands", List.of("echo hello", "exit 0"), "workingDirectory", List.of("work"))));
        assertThat(sent.statusAsString()).isEqualTo("Pending");
        assertThat(sent.targetCount()).isEqualTo(1);
        assertThat(sent.requestedDateTime()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(sent.expiresAfter()).isEqualTo("2026-01-01T14:00:00Z");
        assertThat(sent.maxConcurrency()).isEqualTo("50");
        assertThat(sent.maxErrors()).isEqualTo("0");
        assertThat(sent.documentVersion()).isEqualTo("$DEFAULT");

        FakeInstances.Started script = awaitStarted(1).getFirst();
        assertThat(script.script()).isEqualTo("echo hello\nexit 0\n");
        assertThat(script.directory()).isEqualTo("work");
        awaitDetails(sent, A, "InProgress");
        assertThat(get(sent, A).executionStartDateTime()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(get(sent, A).responseCode()).isEqualTo(-1);
        time.advance(Duration.ofMillis(1500));
        script.returns(0, "hello\n", "");

        awaitDetails(sent, A, "Success");
        GetCommandInvocationResponse invocation = get(sent, A);
        assertThat(invocation.statusAsString()).isEqualTo("Success");
        assertThat(invocation.responseCode()).isZero();
        assertThat(invocation.standardOutputContent()).isEqualTo("hello\n");
        assertThat(invocation.standardErrorContent()).isEmpty();
        assertThat(invocation.executionElapsedTime()).isEqualTo("PT1.5S");
        assertThat(invocation.pluginName()).isEqualTo("aws:runShellScript");
        assertThat(invocation.comment()).isEqualTo("say hello");
        Command listed = command(sent);
        assertThat(listed.statusDetails()).isEqualTo("Success");
        assertThat(listed.completedCount()).isEqualTo(1);
        assertThat(listed.errorCount()).isZero();
    }

    @Test
    void a_script_that_returns_something_else_has_failed() {
        online(A);
        Command sent = send(request -> request.instanceIds(A));
        awaitStarted(1).getFirst().returns(7, "out\n", "err\n");

        awaitDetails(sent, A, "Failed");
        GetCommandInvocationResponse invocation = get(sent, A);
        assertThat(invocation.responseCode()).isEqualTo(7);
        assertThat(invocation.standardErrorContent()).isEqualTo("err\nfailed to run commands: exit status 7");
        assertThat(command(sent).statusAsString()).isEqualTo("Failed");
        assertThat(command(sent).errorCount()).isEqualTo(1);
        assertThat(details(sent).getFirst().commandPlugins().getFirst().output())
                .isEqualTo("out\n\n----------ERROR-------\nerr\nfailed to run commands: exit status 7");
    }

    @Test
    void output_is_cut_to_what_AWS_keeps() {
        online(A);
        Command sent = send(request -> request.instanceIds(A));
        awaitStarted(1).getFirst().returns(0, "o".repeat(30_000), "e".repeat(30_000));

        awaitDetails(sent, A, "Success");
        assertThat(get(sent, A).standardOutputContent()).hasSize(24_000);
        assertThat(get(sent, A).standardErrorContent()).hasSize(8_000);
        assertThat(details(sent).getFirst().commandPlugins().getFirst().output())
                .hasSize(2_500)
                .endsWith("\n---Output truncated---");
    }

    @Test
    void a_script_that_takes_too_long_is_ended() {
        online(A);
        Command sent = send(request -> request.instanceIds(A)
                .parameters(Map.of("commands", List.of("sleep 100"), "executionTimeout", List.of("30"))));
        FakeInstances.Started script = awaitStarted(1).getFirst();
        time.advance(Duration.ofSeconds(29));
        awaitDetails(sent, A, "InProgress");
        assertThat(script.result()).isNotDone();

        advanceUntil(sent, A, "ExecutionTimedOut", Duration.ofSeconds(1));

        assertThat(get(sent, A).statusAsString()).isEqualTo("TimedOut");
        assertThat(get(sent, A).responseCode()).isEqualTo(137);
        assertThat(script.result()).isDone();
        assertThat(command(sent).statusAsString()).isEqualTo("TimedOut");
    }

    @Test
    void an_instance_that_ends_under_its_command_never_answers() {
        online(A);
        Command sent = send(request -> request.instanceIds(A));

        awaitStarted(1).getFirst().result().complete(new ManagedInstances.Result(OptionalInt.empty(), "", ""));

        awaitDetails(sent, A, "DeliveryTimedOut");
        assertThat(get(sent, A).responseCode()).isEqualTo(-1);
        assertThat(command(sent).deliveryTimedOutCount()).isEqualTo(1);
    }

    @Test
    void a_command_waits_for_its_instance_as_long_as_it_was_told_to() {
        instances.add(A, false, Map.of("role", "web"));
        Command sent = send(request -> request.targets(tag("role", "web")).timeoutSeconds(30));
        Command other = send(request -> request.targets(tag("role", "web")).timeoutSeconds(3000));
        assertThat(get(sent, A).statusAsString()).isEqualTo("Pending");

        advanceUntil(sent, A, "DeliveryTimedOut", Duration.ofSeconds(31));
        assertThat(get(sent, A).statusAsString()).isEqualTo("TimedOut");
        instances.add(A, true, Map.of("role", "web"));
        await().until(() -> {
            time.advance(Duration.ofSeconds(1));
            return !instances.started.isEmpty();
        });
        instances.started.getFirst().returns(0, "", "");
        awaitDetails(other, A, "Success");
    }

    @Test
    void an_instance_that_is_gone_cannot_be_delivered_to() {
        instances.add(A, false, Map.of("role", "web"));
        Command sent = send(request -> request.targets(tag("role", "web")));
        instances.instances.remove(A);

        advanceUntil(sent, A, "Undeliverable", Duration.ofSeconds(1));
        assertThat(get(sent, A).statusAsString()).isEqualTo("Failed");
        assertThat(command(sent).errorCount()).isZero();

        Command unknown = send(request ->
                request.targets(Target.builder().key("InstanceIds").values(B).build()));
        assertThat(get(unknown, B).statusDetails()).isEqualTo("Undeliverable");
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
        Command sent = send(request -> request.targets(tag("role", "nobody")));

        assertThat(sent.statusAsString()).isEqualTo("Pending");
        assertThat(command(sent).statusAsString()).isEqualTo("Success");
        assertThat(command(sent).statusDetails()).isEqualTo("NoInstancesInTag");
        assertThat(command(sent).targetCount()).isZero();
    }

    @Test
    void limits_of_a_command_are_refused_by_name_and_one_error_fails_it() {
        online(A, B);
        assertError(() -> send(request -> request.instanceIds(A, B).maxConcurrency("1")), "ValidationException");
        assertError(() -> send(request -> request.instanceIds(A, B).maxErrors("1")), "ValidationException");

        Command sent = send(request -> request.instanceIds(A, B));
        awaitStarted(2).getFirst().returns(1, "", "");
        instances.started.getLast().returns(0, "", "");

        await().until(() -> command(sent).completedCount() == 2);
        assertThat(command(sent).statusDetails()).isEqualTo("Failed");
        assertThat(command(sent).errorCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "AWS-RunPowerShellScript, 1, InvalidDocument",
        "AWS-RunShellScript, 2, InvalidDocumentVersion",
    })
    void other_documents_are_refused(String name, String version, String code) {
        online(A);

        assertError(
                () -> send(request -> request.instanceIds(A).documentName(name).documentVersion(version)), code);
        assertThat(commands()).isEmpty();
    }

    @Test
    void what_cannot_be_sent_is_refused_and_leaves_nothing() {
        online(A);
        instances.add(B, false, Map.of());

        assertError(
                () -> send(request -> request.instanceIds(A, B, C)),
                "InvalidInstanceId",
                "Instances [[" + B + ", " + C + "]] not in a valid state for account 123456789012");
        assertError(() -> send(request -> request.instanceIds(A, A)), "DuplicateInstanceId");
        assertError(() -> send(request -> {}), "InvalidTarget");
        assertError(() -> send(request -> request.instanceIds(A).parameters(Map.of())), "InvalidParameters");
        assertError(
                () -> send(request -> request.instanceIds(A)
                        .parameters(Map.of("commands", List.of("x"), "executionTimeout", List.of("172801")))),
                "InvalidParameters");
        assertError(
                () -> send(request ->
                        request.instanceIds(A).parameters(Map.of("commands", List.of("x"), "other", List.of("y")))),
                "InvalidParameters");
        assertError(
                () -> send(request -> request.instanceIds(A).outputS3BucketName("bucket")),
                "ValidationException",
                "The parameter OutputS3BucketName is not supported by this cloud");
        assertError(() -> send(request -> request.instanceIds(A).documentHash("00")), "ValidationException");
        assertThat(commands()).isEmpty();
        assertThat(instances.started).isEmpty();
    }

    @Test
    void an_invocation_that_does_not_exist_is_said_so() {
        online(A);
        Command sent = send(request -> request.instanceIds(A));

        assertError(() -> get(sent, B), "InvocationDoesNotExist");
        assertError(
                () -> call(GetCommandInvocationRequest.builder()
                        .commandId(sent.commandId())
                        .instanceId(A)
                        .pluginName("aws:runPowerShellScript")
                        .build()),
                "InvalidPluginName");
    }

    @Test
    void lists_come_in_pages_the_newest_first_and_know_no_filters() {
        online(A, B);
        Command first = send(request -> request.instanceIds(A));
        time.advance(Duration.ofMinutes(1));
        Command second = send(request -> request.instanceIds(A, B));
        time.advance(Duration.ofMinutes(1));
        Command third = send(request -> request.instanceIds(B));
        awaitStarted(4).forEach(script -> script.returns(0, "", ""));
        await().until(() ->
                commands().stream().allMatch(command -> command.statusAsString().equals("Success")));

        assertThat(commands())
                .extracting(Command::commandId)
                .containsExactly(third.commandId(), second.commandId(), first.commandId());
        ListCommandsResponse page =
                call(ListCommandsRequest.builder().maxResults(2).build());
        ListCommandsResponse rest =
                call(ListCommandsRequest.builder().nextToken(page.nextToken()).build());
        assertThat(page.commands()).hasSize(2);
        assertThat(rest.commands()).extracting(Command::commandId).containsExactly(first.commandId());
        assertThat(rest.nextToken()).isNull();
        ListCommandInvocationsResponse ofB =
                call(ListCommandInvocationsRequest.builder().instanceId(B).build());
        assertThat(ofB.commandInvocations())
                .extracting(CommandInvocation::commandId)
                .containsExactly(third.commandId(), second.commandId());
        assertThat(ofB.commandInvocations().getFirst().commandPlugins()).isEmpty();
        assertError(() -> call(ListCommandsRequest.builder().nextToken("?").build()), "InvalidNextToken");
        assertError(
                () -> call(ListCommandsRequest.builder()
                        .filters(CommandFilter.builder()
                                .key(CommandFilterKey.STATUS)
                                .value("Failed")
                                .build())
                        .build()),
                "ValidationException");
        assertError(
                () -> call(ListCommandsRequest.builder()
                        .commandId("00000000-0000-4000-a000-000000000000")
                        .build()),
                "InvalidCommandId");
    }

    @Test
    void commands_outlive_their_cloud_and_their_scripts_do_not(@TempDir Path directory) {
        runCommand.close();
        store = ResourceStore.inFile(directory.resolve("resources"));
        runCommand = start();
        operations = registry();
        online(A);
        Command done = send(request -> request.instanceIds(A));
        awaitStarted(1).getFirst().returns(0, "kept", "");
        awaitDetails(done, A, "Success");
        Command running = send(request -> request.instanceIds(A));
        awaitStarted(2);
        awaitDetails(running, A, "InProgress");

        runCommand.close();
        store.close();
        store = ResourceStore.inFile(directory.resolve("resources"));
        runCommand = start();
        operations = registry();

        assertThat(get(done, A).standardOutputContent()).isEqualTo("kept");
        assertThat(get(running, A).statusDetails()).isEqualTo("DeliveryTimedOut");
    }

    @Test
    void commands_are_forgotten_after_thirty_days() {
        online(A);
        Command old = send(request -> request.instanceIds(A));
        awaitStarted(1).getFirst().returns(0, "", "");
        awaitDetails(old, A, "Success");
        time.advance(Duration.ofDays(30).plusSeconds(1));

        Command young = send(request -> request.instanceIds(A));

        assertThat(commands()).extracting(Command::commandId).containsExactly(young.commandId());
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

    @Test
    void iam_is_asked_about_the_document_and_every_instance() {
        instances.add(A, true, Map.of("role", "web"));
        @SuppressWarnings("unchecked") // the registry gives back what was registered under the name
        Operation<SendCommandRequest, SendCommandResponse> operation =
                (Operation<SendCommandRequest, SendCommandResponse>)
                        operations.find("SendCommand").orElseThrow();

        assertThat(operation.access().of(request(builder -> builder.targets(tag("role", "web")))))
                .extracting(Access.Question::resource)
                .containsExactly(
                        "arn:aws:ssm:us-west-2::document/AWS-RunShellScript",
                        "arn:aws:ec2:us-west-2:123456789012:instance/" + A);
    }

    private RunCommand start() {
        CloudContext context = new CloudContext(
                Account.inRegion("us-west-2"),
                Pace.REAL,
                time,
                new Ids(new Random(20260101)),
                new CloudEvents(),
                store);
        return new RunCommand(context, instances);
    }

    private OperationRegistry registry() {
        OperationRegistry registry = new OperationRegistry("ssm");
        runCommand.register(registry);
        return registry;
    }

    private void online(String... ids) {
        List.of(ids).forEach(id -> instances.add(id, true, Map.of()));
    }

    private Command send(Consumer<SendCommandRequest.Builder> settings) {
        SendCommandResponse response = call(request(settings));
        return response.command();
    }

    private static SendCommandRequest request(Consumer<SendCommandRequest.Builder> settings) {
        SendCommandRequest.Builder request = SendCommandRequest.builder()
                .documentName("AWS-RunShellScript")
                .parameters(Map.of("commands", List.of("true")));
        settings.accept(request);
        return request.build();
    }

    private List<String> targetsOf(Target... targets) {
        Command sent = send(request -> request.targets(targets));
        return details(sent).stream().map(CommandInvocation::instanceId).toList();
    }

    private static Target tag(String key, String... values) {
        return Target.builder().key("tag:" + key).values(values).build();
    }

    private List<FakeInstances.Started> awaitStarted(int number) {
        await().until(() -> instances.started.size() == number);
        return instances.started;
    }

    private GetCommandInvocationResponse get(Command command, String instanceId) {
        return call(GetCommandInvocationRequest.builder()
                .commandId(command.commandId())
                .instanceId(instanceId)
                .build());
    }

    private void awaitDetails(Command command, String instanceId, String details) {
        await().until(() -> get(command, instanceId).statusDetails().equals(details));
    }

    /** A thread that is about to sleep begins its sleep at the time it finds. */
    private void advanceUntil(Command command, String instanceId, String details, Duration step) {
        await().until(() -> {
            time.advance(step);
            return get(command, instanceId).statusDetails().equals(details);
        });
    }

    private Command command(Command sent) {
        ListCommandsResponse response =
                call(ListCommandsRequest.builder().commandId(sent.commandId()).build());
        return response.commands().getFirst();
    }

    private List<Command> commands() {
        ListCommandsResponse response = call(ListCommandsRequest.builder().build());
        return response.commands();
    }

    private List<CommandInvocation> details(Command sent) {
        ListCommandInvocationsResponse response = call(ListCommandInvocationsRequest.builder()
                .commandId(sent.commandId())
                .details(true)
                .build());
        return response.commandInvocations();
    }

    private List<InstanceInformation> information() {
        DescribeInstanceInformationResponse response =
                call(DescribeInstanceInformationRequest.builder().build());
        return response.instanceInformationList();
    }

    private List<InstanceInformation> information(String key, String... values) {
        DescribeInstanceInformationResponse response = call(DescribeInstanceInformationRequest.builder()
                .filters(InstanceInformationStringFilter.builder()
                        .key(key)
                        .values(values)
                        .build())
                .build());
        return response.instanceInformationList();
    }

    /** The registry pairs the class of each request with that of its response; the caller names the latter. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <I extends AwsRequest, O extends AwsResponse> O call(I request) {
        String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
        Operation<I, O> operation = (Operation<I, O>) operations.find(name).orElseThrow();
        return operation.handler().handle(request, CALL).response();
    }

    private static void assertError(ThrowingCallable call, String code, String message) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.getMessage()).isEqualTo(message);
        });
    }

    private static void assertError(ThrowingCallable call, String code) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> assertThat(error.code())
                .isEqualTo(code));
    }
}
