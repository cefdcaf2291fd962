package dev.resilient.cloud.ssm.command;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ssm.model.Command;

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

    /** The shape of a UUID. */
    String id() {
        return sent.commandId();
    }

    Instant requested() {
        return sent.requestedDateTime();
    }

    Optional<Invocation> invocation(String instanceId) {
        return Optional.ofNullable(invocations.get(instanceId));
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

    int maxConcurrency() {
        return Math.max(1, share(sent.maxConcurrency()));
    }

    int maxErrors() {
        return share(sent.maxErrors());
    }

    private int share(String numberOrPercentage) {
        return numberOrPercentage.endsWith("%")
                ? invocations.size() * Integer.parseInt(numberOrPercentage.replace("%", "")) / 100
                : Integer.parseInt(numberOrPercentage);
    }

    int count(Predicate<CommandState> which) {
        return (int) states().stream().filter(which).count();
    }

    /** The state of the whole, which follows from those of its invocations. */
    CommandState state() {
        if (invocations.isEmpty()) {
            return CommandState.NO_INSTANCES;
        }
        if (count(CommandState::isFinal) < invocations.size()) {
            return unfinished();
        }
        if (count(CommandState::isError) > maxErrors()) {
            return allAre(CommandState.EXECUTION_TIMED_OUT) ? CommandState.EXECUTION_TIMED_OUT : CommandState.FAILED;
        }
        CommandState first = states().iterator().next();
        return allAre(first) ? first : CommandState.INCOMPLETE;
    }

    private CommandState unfinished() {
        if (states().contains(CommandState.CANCELLING)) {
            return CommandState.CANCELLING;
        }
        return allAre(CommandState.PENDING) ? CommandState.PENDING : CommandState.IN_PROGRESS;
    }

    private boolean allAre(CommandState state) {
        return states().stream().allMatch(state::equals);
    }

    private Collection<CommandState> states() {
        return invocations.values().stream().map(Invocation::state).toList();
    }
}
