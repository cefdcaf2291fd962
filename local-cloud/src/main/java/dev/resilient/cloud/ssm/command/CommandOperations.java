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
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
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
        ShellScript script = ShellScript.of(request);
        Instant now = time.instant();
        Command sent = SentCommand.sent(request, ids.uuid(), now, script);
        SentCommand command = new SentCommand(sent, script, targets.invocations(request, sent));
        removeOld(now);
        commands.create(command.id(), command);
        runner.start(command);
        return SendCommandResponse.builder()
                .command(command.shown(CommandState.PENDING))
                .build();
    }

    CancelCommandResponse cancel(CancelCommandRequest request) {
        SentCommand command = get(request.commandId());
        refuseIf(
                !command.invocations().keySet().containsAll(request.instanceIds()),
                "InvalidInstanceId",
                "The command was not sent to an instance that the request names.");
        command.invocations().keySet().stream()
                .filter(id ->
                        request.instanceIds().isEmpty() || request.instanceIds().contains(id))
                .forEach(id -> runner.cancel(command.id(), id));
        return CancelCommandResponse.builder().build();
    }

    GetCommandInvocationResponse getInvocation(GetCommandInvocationRequest request) {
        Invocation invocation = commands.find(request.commandId())
                .flatMap(command -> Optional.ofNullable(command.invocations().get(request.instanceId())))
                .orElseThrow(() -> ServiceError.badRequest(
                        "InvocationDoesNotExist",
                        "The command ID and managed node ID you specified didn't match any invocations."));
        refuseIf(
                request.pluginName() != null && !request.pluginName().equals(ShellScript.PLUGIN),
                "InvalidPluginName",
                "The plugin name isn't valid.");
        return invocation.details();
    }

    ListCommandsResponse list(ListCommandsRequest request) {
        Predicate<SentCommand> filter = CommandFilters.ofCommands(request.filters());
        List<SentCommand> chosen =
                chosen(request.commandId(), request.instanceId()).filter(filter).toList();
        return PAGES.answer(
                request,
                ListCommandsResponse.builder(),
                chosen,
                command -> newestFirst(command.requested(), command.id()),
                command -> command.shown(command.state()));
    }

    ListCommandInvocationsResponse listInvocations(ListCommandInvocationsRequest request) {
        boolean details = Boolean.TRUE.equals(request.details());
        List<CommandFilter> filters = request.filters();
        List<CommandInvocation> chosen = chosen(request.commandId(), request.instanceId())
                .filter(CommandFilters.ofInvocations(filters))
                .flatMap(command -> command.invocations().values().stream())
                .filter(each -> request.instanceId() == null
                        || request.instanceId().equals(each.shown().instanceId()))
                .filter(each -> CommandFilters.hasState(filters, each.state()))
                .map(Invocation::shown)
                .toList();
        return PAGES.answer(
                request,
                ListCommandInvocationsResponse.builder(),
                chosen,
                each -> newestFirst(each.requestedDateTime(), each.commandId()) + each.instanceId(),
                each -> details
                        ? each
                        : each.toBuilder().commandPlugins(List.of()).build());
    }

    @Override
    public void close() {
        runner.close();
    }

    private Stream<SentCommand> chosen(@Nullable String commandId, @Nullable String instanceId) {
        Stream<SentCommand> named = commandId == null ? commands.list().stream() : Stream.of(get(commandId));
        return named.filter(
                command -> instanceId == null || command.invocations().containsKey(instanceId));
    }

    /** Pages follow the order of keys, and the newest command comes first. */
    private static String newestFirst(Instant requested, String id) {
        return "%019d/%s".formatted(Long.MAX_VALUE - requested.toEpochMilli(), id);
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
}
