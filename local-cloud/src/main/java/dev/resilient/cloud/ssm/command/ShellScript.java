package dev.resilient.cloud.ssm.command;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/**
 * What the parameters of the one document there is, {@code AWS-RunShellScript}, ask for.
 *
 * @param text the lines of the script
 * @param directory where it starts; empty for the instance's own folder
 * @param timeout how long it may run, in whole seconds up to 48 hours
 */
record ShellScript(String text, String directory, Duration timeout) {
    static final String PLUGIN = "aws:runShellScript";
    private static final String DOCUMENT = "AWS-RunShellScript";
    private static final Set<String> VERSIONS = Set.of("$DEFAULT", "$LATEST", "1");
    private static final String COMMANDS = "commands";
    private static final String DIRECTORY = "workingDirectory";
    private static final String TIMEOUT = "executionTimeout";
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(2);
    private static final int LONGEST_DIRECTORY = 4096;

    /** Whether this document is meant, by its name or its ARN. */
    static boolean isNamed(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1).equals(DOCUMENT);
    }

    /**
     * Reads a request.
     *
     * @throws ServiceError {@code InvalidDocument} or {@code InvalidDocumentVersion} if it names another document,
     *     {@code InvalidParameters} if its parameters are not the document's
     */
    static ShellScript of(SendCommandRequest request) {
        refuseIf(
                !isNamed(request.documentName()),
                "InvalidDocument",
                "Document with name " + request.documentName() + " does not exist.");
        refuseIf(
                request.documentVersion() != null && !VERSIONS.contains(request.documentVersion()),
                "InvalidDocumentVersion",
                "The document version is not valid or does not exist.");
        Map<String, List<String>> parameters = request.parameters();
        List<String> lines = parameters.getOrDefault(COMMANDS, List.of());
        String directory = single(parameters, DIRECTORY, "");
        String seconds = single(parameters, TIMEOUT, "3600");
        requireValid(Set.of(COMMANDS, DIRECTORY, TIMEOUT).containsAll(parameters.keySet())
                && !lines.isEmpty()
                && directory.length() <= LONGEST_DIRECTORY
                && seconds.matches("[1-9]\\d{0,5}"));
        Duration timeout = Duration.ofSeconds(Long.parseLong(seconds));
        requireValid(timeout.compareTo(LONGEST_TIMEOUT) <= 0);
        return new ShellScript(String.join("\n", lines) + "\n", directory, timeout);
    }

    private static String single(Map<String, List<String>> parameters, String name, String otherwise) {
        List<String> values = parameters.getOrDefault(name, List.of(otherwise));
        requireValid(values.size() == 1);
        return values.getFirst();
    }

    private static void requireValid(boolean valid) {
        refuseIf(!valid, "InvalidParameters", "Parameters provided in document are invalid or not supported.");
    }
}
