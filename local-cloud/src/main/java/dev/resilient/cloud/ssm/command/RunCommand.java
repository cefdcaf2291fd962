package dev.resilient.cloud.ssm.command;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** Run Command: its operations, and the commands that are under way until it is closed. Thread-safe. */
public final class RunCommand implements AutoCloseable {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final PageRules PAGES = new PageRules(
            50, 50, token -> ServiceError.badRequest("InvalidNextToken", "The specified token isn't valid."));
    private static final SupportedMembers SUPPORTED =
            SupportedMembers.of("InstanceIds Targets DocumentName DocumentVersion TimeoutSeconds Comment Parameters");

    private static final SupportedMembers LISTED =
            SupportedMembers.of("CommandId InstanceId Details MaxResults NextToken");

    private final CloudContext cloud;
    private final Account account;
    private final ResourceMap<SentCommand> commands;
    private final CommandTargets targets;
    private final InvocationRunner runner;
    private final InstanceInformations information;

    /** With the commands that the store has. */
    public RunCommand(CloudContext cloud, ManagedInstances instances) {
        this.cloud = cloud;
        account = cloud.account();
        commands = cloud.store().map("ssm.commands");
        targets = new CommandTargets(instances, account.id());
        runner = new InvocationRunner(commands, instances, cloud.time());
        information = new InstanceInformations(instances);
        commands.list().forEach(this::settle);
    }

    /** Registers every operation. */
    public void register(OperationRegistry operations) {
        operations.on(SendCommandRequest.class, sending(), this::send);
        operations.on(GetCommandInvocationRequest.class, anything(), this::getInvocation);
        operations.on(ListCommandsRequest.class, anything(), this::list);
        operations.on(ListCommandInvocationsRequest.class, anything(), this::listInvocations);
        operations.on(DescribeInstanceInformationRequest.class, anything(), information::describe);
    }

    /** Whoever sends a command must be allowed to use the document, and to use it on each of the instances. */
    private Access<SendCommandRequest> sending() {
        return Access.resources(request -> Stream.concat(
                        Stream.of(documentArn(request.documentName())),
                        targets.ids(request).stream().map(id -> account.arn("ec2", "instance/" + id)))
                .toList());
    }

    private <I extends AwsRequest> Access<I> anything() {
        return Access.resource(request -> account.arn("ssm", "*"));
    }

    /** Documents of AWS belong to no account. */
    private String documentArn(String nameOrArn) {
        if (nameOrArn.startsWith("arn:")) {
            return nameOrArn;
        }
        return ShellScript.isNamed(nameOrArn)
                ? "arn:aws:ssm:" + account.region() + "::document/" + nameOrArn
                : account.arn("ssm", "document/" + nameOrArn);
    }
    /** No instance outlives its cloud, so none will answer to a command of an earlier one. */
    private void settle(SentCommand command) {
        Instant now = cloud.time().instant();
        for (String instanceId : command.invocations().keySet()) {
            commands.update(
                    command.id(),
                    before -> before.with(
                            instanceId, invocation -> invocation.ended(CommandState.DELIVERY_TIMED_OUT, now)));
        }
    }

    private SendCommandResponse send(SendCommandRequest request) {
        SUPPORTED.check(request, "ValidationException");
        ShellScript script = ShellScript.of(request);
        Instant now = cloud.time().instant();
        Command sent = SentCommand.sent(request, cloud.ids().uuid(), now, script);
        SentCommand command = new SentCommand(sent, script, targets.invocations(request, sent));
        removeOld(now);
        commands.create(command.id(), command);
        runner.start(command);
        return SendCommandResponse.builder()
                .command(command.shown(CommandState.PENDING))
                .build();
    }

    private GetCommandInvocationResponse getInvocation(GetCommandInvocationRequest request) {
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

    private ListCommandsResponse list(ListCommandsRequest request) {
        LISTED.check(request, "ValidationException");
        List<SentCommand> chosen =
                chosen(request.commandId(), request.instanceId()).toList();
        return PAGES.answer(
                request,
                ListCommandsResponse.builder(),
                chosen,
                command -> newestFirst(command.requested(), command.id()),
                command -> command.shown(command.state()));
    }

    private ListCommandInvocationsResponse listInvocations(ListCommandInvocationsRequest request) {
        boolean details = Boolean.TRUE.equals(request.details());
        LISTED.check(request, "ValidationException");
        List<CommandInvocation> chosen = chosen(request.commandId(), request.instanceId())
                .flatMap(command -> command.invocations().values().stream())
                .map(Invocation::shown)
                .filter(each ->
                        request.instanceId() == null || request.instanceId().equals(each.instanceId()))
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

    /** Lets go of the commands that are under way. */
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
