package dev.resilient.cloud.ssm.command;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** The commands of the account: sends them, cancels them, tells about them. Thread-safe. */
final class CommandOperations implements AutoCloseable {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final PageRules PAGES = new PageRules(
            50, 50, token -> ServiceError.badRequest("InvalidNextToken", "The specified token isn't valid."));
    private static final SupportedMembers SUPPORTED = SupportedMembers.of("""
        InstanceIds Targets DocumentName DocumentVersion TimeoutSeconds Comment Parameters MaxConcurrency
        MaxErrors\
        """);

    private final ResourceMap<SentCommand> commands;
    private final CommandTargets targets;
    private final InvocationRunner runner;
    private final Ids ids;
    private final TimeSource time;

    CommandOperations(CloudContext cloud, ManagedInstances instances) {
        commands = cloud.store().map("ssm.commands");
        targets = new CommandTargets(instances, cloud.account().id());
        runner = new InvocationRunner(commands, instances, cloud.time());
        ids = cloud.ids();
        time = cloud.time();
        commands.list().forEach(this::settle);
    }

    /** No instance outlives its cloud, so none will answer to a command of an earlier one. */
    private void settle(SentCommand command) {
        Instant now = time.instant();
        for (String instanceId : command.invocations().keySet()) {
            commands.update(
                    command.id(),
                    before -> before.with(
                            instanceId, invocation -> invocation.ended(CommandState.DELIVERY_TIMED_OUT, now)));
        }
    }

    CommandTargets targets() {
        return targets;
    }

    SendCommandResponse send(SendCommandRequest request) {
        SUPPORTED.check(request, "ValidationException");
        RunShellScript.require(request.documentName(), request.documentVersion());
        Instant now = time.instant();
        ShellScript script = ShellScript.of(request.parameters());
        SentCommand command = new SentCommand(
                CommandViews.sent(request, ids.uuid(), now, script), script, targets.invocations(request));
        removeOld(now);
        commands.create(command.id(), command);
        runner.start(command);
        return SendCommandResponse.builder()
                .command(CommandViews.command(command, CommandState.PENDING))
                .build();
    }

    CancelCommandResponse cancel(CancelCommandRequest request) {
        SentCommand command = get(request.commandId());
        refuseIf(!command.invocations().keySet().containsAll(request.instanceIds()), () -> invalidInstance());
        command.invocations().keySet().stream()
                .filter(id ->
                        request.instanceIds().isEmpty() || request.instanceIds().contains(id))
                .forEach(id -> runner.cancel(command.id(), id));
        return CancelCommandResponse.builder().build();
    }

    GetCommandInvocationResponse getInvocation(GetCommandInvocationRequest request) {
        SentCommand command = commands.find(request.commandId()).orElseThrow(CommandOperations::noInvocation);
        Invocation invocation = command.invocation(request.instanceId()).orElseThrow(CommandOperations::noInvocation);
        if (request.pluginName() != null && !request.pluginName().equals(RunShellScript.PLUGIN)) {
            throw ServiceError.badRequest("InvalidPluginName", "The plugin name isn't valid.");
        }
        return CommandViews.details(command, invocation);
    }

    ListCommandsResponse list(ListCommandsRequest request) {
        if (request.commandId() != null) {
            get(request.commandId());
        }
        Predicate<SentCommand> filter = CommandFilters.ofCommands(request.filters());
        List<SentCommand> chosen =
                chosen(request.commandId(), request.instanceId()).filter(filter).toList();
        return PAGES.answer(
                request,
                ListCommandsResponse.builder(),
                chosen,
                this::newestFirst,
                command -> CommandViews.command(command, command.state()));
    }

    ListCommandInvocationsResponse listInvocations(ListCommandInvocationsRequest request) {
        if (request.commandId() != null) {
            get(request.commandId());
        }
        boolean details = Boolean.TRUE.equals(request.details());
        List<CommandFilter> filters = request.filters();
        List<OfCommand> chosen = chosen(request.commandId(), request.instanceId())
                .filter(CommandFilters.ofInvocations(filters))
                .flatMap(command ->
                        command.invocations().values().stream().map(invocation -> new OfCommand(command, invocation)))
                .filter(each ->
                        request.instanceId() == null || request.instanceId().equals(each.invocation.instanceId()))
                .filter(each -> CommandFilters.hasState(filters, each.invocation.state()))
                .toList();
        return PAGES.answer(
                request,
                ListCommandInvocationsResponse.builder(),
                chosen,
                each -> newestFirst(each.command) + each.invocation.instanceId(),
                each -> CommandViews.invocation(each.command, each.invocation, details));
    }

    @Override
    public void close() {
        runner.close();
    }

    private record OfCommand(SentCommand command, Invocation invocation) {}

    private Stream<SentCommand> chosen(@Nullable String commandId, @Nullable String instanceId) {
        return commands.list().stream()
                .filter(command -> commandId == null || command.id().equals(commandId))
                .filter(command ->
                        instanceId == null || command.invocation(instanceId).isPresent());
    }

    /** Pages follow the order of keys, and the newest command comes first. */
    private String newestFirst(SentCommand command) {
        return "%019d/%s".formatted(Long.MAX_VALUE - command.requested().toEpochMilli(), command.id());
    }

    private SentCommand get(String id) {
        return commands.find(id)
                .orElseThrow(() -> ServiceError.badRequest("InvalidCommandId", "The command ID isn't valid."));
    }

    private void removeOld(Instant now) {
        commands.list().stream()
                .filter(command -> command.requested().isBefore(now.minus(KEPT)))
                .forEach(command -> commands.remove(command.id()));
    }

    private static ServiceError noInvocation() {
        return ServiceError.badRequest(
                "InvocationDoesNotExist",
                "The command ID and managed node ID you specified didn't match any invocations.");
    }

    private static ServiceError invalidInstance() {
        return ServiceError.badRequest(
                "InvalidInstanceId", "The command was not sent to an instance that the request names.");
    }
}
