package dev.resilient.cloud.ssm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.OpenGate;
import dev.resilient.cloud.base.Pace;
import dev.resilient.cloud.event.CloudEvents;
import dev.resilient.cloud.store.ResourceStore;
import dev.resilient.testing.ManualTime;
import dev.resilient.wire.Call;
import dev.resilient.wire.Caller;
import dev.resilient.wire.Gate;
import dev.resilient.wire.Operation;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.Target;

/** Run Command over instances that tests hold in their hands, called through its registered operations. */
final class CommandStage implements AutoCloseable {
    static final String A = "i-0aaaaaaaaaaaaaaaa";
    static final String B = "i-0bbbbbbbbbbbbbbbb";
    static final String C = "i-0cccccccccccccccc";
    private static final Call CALL = new Call(
            new Caller("123456789012", "arn:aws:iam::123456789012:user/administrator", "AIDA"),
            "request",
            new byte[0],
            Gate.Origin.NONE,
            new OpenGate());

    final ManualTime time = new ManualTime();
    final FakeInstances instances = new FakeInstances();
    private ResourceStore store = ResourceStore.inMemory();
    private RunCommand runCommand = start();
    private OperationRegistry operations = registry();

    /** Ends Run Command and its store; from here on it is another one with what is kept in the folder. */
    void restart(Path folder) {
        runCommand.close();
        store.close();
        store = ResourceStore.inFile(folder.resolve("resources"));
        runCommand = start();
        operations = registry();
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

    OperationRegistry operations() {
        return operations;
    }

    void online(String... ids) {
        List.of(ids).forEach(id -> instances.add(id, true, Map.of()));
    }

    Command send(Consumer<SendCommandRequest.Builder> settings) {
        SendCommandResponse response = call(request(settings));
        return response.command();
    }

    static SendCommandRequest request(Consumer<SendCommandRequest.Builder> settings) {
        SendCommandRequest.Builder request = SendCommandRequest.builder()
                .documentName("AWS-RunShellScript")
                .parameters(Map.of("commands", List.of("true")));
        settings.accept(request);
        return request.build();
    }

    static Target tag(String key, String... values) {
        return Target.builder().key("tag:" + key).values(values).build();
    }

    List<FakeInstances.Started> awaitStarted(int number) {
        await().until(() -> instances.started.size() == number);
        return instances.started;
    }

    GetCommandInvocationResponse get(Command command, String instanceId) {
        return call(GetCommandInvocationRequest.builder()
                .commandId(command.commandId())
                .instanceId(instanceId)
                .build());
    }

    void awaitDetails(Command command, String instanceId, String details) {
        await().until(() -> get(command, instanceId).statusDetails().equals(details));
    }

    /** A thread that is about to sleep begins its sleep at the time it finds. */
    void advanceUntil(Command command, String instanceId, String details, Duration step) {
        await().until(() -> {
            time.advance(step);
            return get(command, instanceId).statusDetails().equals(details);
        });
    }

    Command command(Command sent) {
        ListCommandsResponse response =
                call(ListCommandsRequest.builder().commandId(sent.commandId()).build());
        return response.commands().getFirst();
    }

    List<Command> commands() {
        ListCommandsResponse response = call(ListCommandsRequest.builder().build());
        return response.commands();
    }

    List<CommandInvocation> details(Command sent) {
        ListCommandInvocationsResponse response = call(ListCommandInvocationsRequest.builder()
                .commandId(sent.commandId())
                .details(true)
                .build());
        return response.commandInvocations();
    }

    /** The registry pairs the class of each request with that of its response; the caller names the latter. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <I extends AwsRequest, O extends AwsResponse> O call(I request) {
        String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
        Operation<I, O> operation = (Operation<I, O>) operations.find(name).orElseThrow();
        return operation.handler().handle(request, CALL).response();
    }

    static void assertError(ThrowingCallable call, String code, String message) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.getMessage()).isEqualTo(message);
        });
    }

    static void assertError(ThrowingCallable call, String code) {
        assertThatExceptionOfType(ServiceError.class).isThrownBy(call).satisfies(error -> assertThat(error.code())
                .isEqualTo(code));
    }

    @Override
    public void close() {
        instances.started.forEach(FakeInstances.Started::end);
        runCommand.close();
        store.close();
    }
}
