package dev.resilient.cloud.ssm.command;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the parameters of {@code AWS-RunShellScript} ask for.
 *
 * @param text the lines of the script
 * @param directory where it starts; empty for the instance's own folder
 * @param timeout how long it may run, in whole seconds up to 48 hours
 */
record ShellScript(String text, String directory, Duration timeout) {
    static final String COMMANDS = "commands";
    static final String DIRECTORY = "workingDirectory";
    static final String TIMEOUT = "executionTimeout";
    static final String DEFAULT_TIMEOUT = "3600";
    static final String TIMEOUT_PATTERN =
            "([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)";

    private static final Pattern SECONDS = Pattern.compile(TIMEOUT_PATTERN);
    private static final int LONGEST_DIRECTORY = 4096;

    /**
     * Reads the parameters of a request.
     *
     * @throws ServiceError {@code InvalidParameters} if they are not the document's
     */
    static ShellScript of(Map<String, List<String>> parameters) {
        refuseIf(
                !Set.of(COMMANDS, DIRECTORY, TIMEOUT).containsAll(parameters.keySet())
                        || parameters.getOrDefault(COMMANDS, List.of()).isEmpty(),
                () -> invalid());
        String directory = single(parameters, DIRECTORY, "");
        String seconds = single(parameters, TIMEOUT, DEFAULT_TIMEOUT);
        refuseIf(
                directory.length() > LONGEST_DIRECTORY
                        || !SECONDS.matcher(seconds).matches(),
                () -> invalid());
        return new ShellScript(
                String.join("\n", parameters.get(COMMANDS)) + "\n",
                directory,
                Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static String single(Map<String, List<String>> parameters, String name, String otherwise) {
        List<String> values = parameters.getOrDefault(name, List.of(otherwise));
        refuseIf(values.size() != 1, () -> invalid());
        return values.getFirst();
    }

    private static ServiceError invalid() {
        return ServiceError.badRequest(
                "InvalidParameters", "Parameters provided in document are invalid or not supported.");
    }
}
