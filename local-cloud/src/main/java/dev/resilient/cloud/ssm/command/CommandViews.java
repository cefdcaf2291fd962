package dev.resilient.cloud.ssm.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Commands and invocations as Systems Manager shows them. */
final class CommandViews {
    private static final int DELIVERY_SECONDS = 3600;
    private static final int OUTPUT_SHOWN = 2_500;
    private static final String OUTPUT_CUT = "\n---Output truncated---";
    private static final String ERROR_HEADING = "\n----------ERROR-------\n";

    private CommandViews() {}

    /** What never changes of a command; a caller who leaves out a limit gets AWS's default. */
    static Command sent(SendCommandRequest request, String id, Instant requested, ShellScript script) {
        int deliverySeconds = Objects.requireNonNullElse(request.timeoutSeconds(), DELIVERY_SECONDS);
        return Command.builder()
                .commandId(id)
                .documentName(request.documentName())
                .documentVersion(Objects.requireNonNullElse(request.documentVersion(), "$DEFAULT"))
                .comment(Objects.requireNonNullElse(request.comment(), ""))
                .expiresAfter(requested.plusSeconds(deliverySeconds).plus(script.timeout()))
                .parameters(request.parameters())
                .instanceIds(request.instanceIds())
                .targets(request.targets())
                .requestedDateTime(requested)
                .maxConcurrency(Objects.requireNonNullElse(request.maxConcurrency(), "50"))
                .maxErrors(Objects.requireNonNullElse(request.maxErrors(), "0"))
                .timeoutSeconds(deliverySeconds)
                .build();
    }

    /** A command, shown in a state. */
    static Command command(SentCommand command, CommandState state) {
        return command.sent().toBuilder()
                .status(state.status())
                .statusDetails(state.details())
                .targetCount(command.invocations().size())
                .completedCount(command.count(CommandState::isFinal))
                .errorCount(command.count(CommandState::isError))
                .deliveryTimedOutCount(command.count(CommandState.DELIVERY_TIMED_OUT::equals))
                .build();
    }

    static CommandInvocation invocation(SentCommand command, Invocation invocation, boolean details) {
        Command sent = command.sent();
        CommandInvocation.Builder view = CommandInvocation.builder()
                .commandId(command.id())
                .instanceId(invocation.instanceId())
                .instanceName(invocation.hostname())
                .comment(sent.comment())
                .documentName(sent.documentName())
                .documentVersion(sent.documentVersion())
                .requestedDateTime(command.requested())
                .status(invocation.state().status())
                .statusDetails(invocation.state().details())
                .standardOutputUrl("")
                .standardErrorUrl("");
        return (details ? view.commandPlugins(plugin(invocation)) : view).build();
    }

    static GetCommandInvocationResponse details(SentCommand command, Invocation invocation) {
        Command sent = command.sent();
        return GetCommandInvocationResponse.builder()
                .commandId(command.id())
                .instanceId(invocation.instanceId())
                .comment(sent.comment())
                .documentName(sent.documentName())
                .documentVersion(sent.documentVersion())
                .pluginName(RunShellScript.PLUGIN)
                .responseCode(invocation.responseCode())
                .executionStartDateTime(text(invocation.started()))
                .executionEndDateTime(text(invocation.ended()))
                .executionElapsedTime(elapsed(invocation))
                .status(invocation.state().status())
                .statusDetails(invocation.state().details())
                .standardOutputContent(invocation.output())
                .standardOutputUrl("")
                .standardErrorContent(invocation.error())
                .standardErrorUrl("")
                .build();
    }

    private static CommandPlugin plugin(Invocation invocation) {
        return CommandPlugin.builder()
                .name(RunShellScript.PLUGIN)
                .status(invocation.state().status())
                .statusDetails(invocation.state().details())
                .responseCode(invocation.responseCode())
                .responseStartDateTime(invocation.started())
                .responseFinishDateTime(invocation.ended())
                .output(output(invocation))
                .standardOutputUrl("")
                .standardErrorUrl("")
                .build();
    }

    /** What the script wrote to both of its outputs, the errors last, cut to what a list shows. */
    private static String output(Invocation invocation) {
        String all = invocation.error().isEmpty()
                ? invocation.output()
                : invocation.output() + ERROR_HEADING + invocation.error();
        return all.length() <= OUTPUT_SHOWN ? all : all.substring(0, OUTPUT_SHOWN - OUTPUT_CUT.length()) + OUTPUT_CUT;
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private static String elapsed(Invocation invocation) {
        Instant started = invocation.started();
        Instant ended = invocation.ended();
        return started == null || ended == null
                ? ""
                : Duration.between(started, ended).toString();
    }
}
