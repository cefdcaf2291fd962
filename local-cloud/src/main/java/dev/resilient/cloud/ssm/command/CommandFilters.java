package dev.resilient.cloud.ssm.command;

import dev.resilient.wire.ServiceError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;

/** The filters of lists of commands and of invocations; all must match. */
final class CommandFilters {
    private CommandFilters() {}

    /** For a list of commands. */
    static Predicate<SentCommand> ofCommands(List<CommandFilter> filters) {
        return ofInvocations(filters).and(command -> hasState(filters, command.state()));
    }

    /** What filters of a list of invocations say about their command. */
    static Predicate<SentCommand> ofInvocations(List<CommandFilter> filters) {
        return filters.stream().map(CommandFilters::ofCommand).reduce(command -> true, Predicate::and);
    }

    /** Whether a state is one that the filters want. */
    static boolean hasState(List<CommandFilter> filters, CommandState state) {
        return filters.stream()
                .filter(filter -> filter.key() == CommandFilterKey.STATUS)
                .allMatch(filter ->
                        filter.value().equals(state.status()) || filter.value().equals(state.details()));
    }

    private static Predicate<SentCommand> ofCommand(CommandFilter filter) {
        return switch (filter.key()) {
            case INVOKED_AFTER -> {
                Instant limit = instant(filter.value());
                yield command -> command.requested().isAfter(limit);
            }
            case INVOKED_BEFORE -> {
                Instant limit = instant(filter.value());
                yield command -> command.requested().isBefore(limit);
            }
            case DOCUMENT_NAME -> command -> ShellScript.isNamed(filter.value());
            case EXECUTION_STAGE -> {
                boolean complete = filter.value().equals("Complete");
                yield command -> command.state().isFinal() == complete;
            }
            case STATUS -> command -> true;
            case UNKNOWN_TO_SDK_VERSION ->
                throw ServiceError.badRequest("InvalidFilterKey", "The specified key isn't valid.");
        };
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw ServiceError.badRequest(
                    "InvalidFilterValue", "The filter value isn't valid. Verify the value and try again.");
        }
    }
}
