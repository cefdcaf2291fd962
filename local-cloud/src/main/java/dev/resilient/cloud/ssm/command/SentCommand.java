package dev.resilient.cloud.ssm.command;

import dev.resilient.wire.shape.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * A command and how far it is.
 *
 * @param sent what never changes: the command as Systems Manager shows it, but for its state and counts
 * @param script what its parameters ask for
 * @param invocations by the id of the instance
 */
record SentCommand(Command sent, ShellScript script, SortedMap<String, Invocation> invocations) {

    /** Keeps its own copy. */
    SentCommand {
        invocations = Collections.unmodifiableSortedMap(new TreeMap<>(invocations));
    }

    /** What never changes of a command; a caller who leaves out a limit gets AWS's default. */
    static Command sent(SendCommandRequest request, String id, Instant requested, ShellScript script) {
        Command.Builder sent = Members.copy(
                request,
                Command.builder()
                        .documentVersion("$DEFAULT")
                        .comment("")
                        .maxConcurrency("50")
                        .maxErrors("0")
                        .timeoutSeconds(3600));
        Duration longest = Duration.ofSeconds(sent.build().timeoutSeconds()).plus(script.timeout());
        return sent.commandId(id)
                .requestedDateTime(requested)
                .expiresAfter(requested.plus(longest))
                .instanceIds(request.instanceIds())
                .targets(request.targets())
                .build();
    }

    /** The shape of a UUID. */
    String id() {
        return sent.commandId();
    }

    Instant requested() {
        return sent.requestedDateTime();
    }

    /** As Systems Manager shows it in a state. */
    Command shown(CommandState state) {
        return sent.toBuilder()
                .status(state.status())
                .statusDetails(state.details())
                .targetCount(invocations.size())
                .completedCount(count(CommandState::isFinal))
                .errorCount(count(CommandState::isError))
                .deliveryTimedOutCount(count(CommandState.DELIVERY_TIMED_OUT::equals))
                .build();
    }

    /** With an invocation changed, unless it has come to its end. */
    SentCommand with(String instanceId, UnaryOperator<Invocation> change) {
        SortedMap<String, Invocation> after = new TreeMap<>(invocations);
        after.computeIfPresent(instanceId, (id, before) -> before.state().isFinal() ? before : change.apply(before));
        return new SentCommand(sent, script, after);
    }

    /** When an invocation that has not been received yet will not be any more. */
    Instant deliveryDeadline() {
        return requested().plusSeconds(sent.timeoutSeconds());
    }

    int count(Predicate<CommandState> which) {
        return (int) invocations.values().stream()
                .map(Invocation::state)
                .filter(which)
                .count();
    }

    /** The state of the whole, which follows from those of its invocations. */
    CommandState state() {
        if (invocations.isEmpty()) {
            return CommandState.NO_INSTANCES;
        }
        if (count(CommandState::isFinal) < invocations.size()) {
            return allAre(CommandState.PENDING) ? CommandState.PENDING : CommandState.IN_PROGRESS;
        }
        if (count(CommandState::isError) > 0) {
            return allAre(CommandState.EXECUTION_TIMED_OUT) ? CommandState.EXECUTION_TIMED_OUT : CommandState.FAILED;
        }
        CommandState first = invocations.firstEntry().getValue().state();
        return allAre(first) ? first : CommandState.INCOMPLETE;
    }

    private boolean allAre(CommandState state) {
        return count(state::equals) == invocations.size();
    }
}
