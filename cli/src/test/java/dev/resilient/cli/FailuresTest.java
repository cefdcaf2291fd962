package dev.resilient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.ScenarioException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class FailuresTest {
    private final StringWriter err = new StringWriter();

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new EnvironmentRefused("No room."), 3, "No room."),
                Arguments.of(new ScenarioException("It never answered."), 3, "It never answered."),
                Arguments.of(new IllegalArgumentException("A name is missing."), 2, "A name is missing."),
                Arguments.of(
                        refusal("UnauthorizedOperation", "You may not."),
                        3,
                        "AWS denies a call, and does not say which permission is missing: You may not."),
                Arguments.of(
                        AwsServiceException.builder()
                                .message("Service said 500")
                                .build(),
                        3,
                        "AWS could not be asked: Service said 500"),
                Arguments.of(
                        SdkClientException.create("Connection refused"),
                        3,
                        "AWS could not be asked: Connection refused"),
                Arguments.of(
                        new UncheckedIOException(new IOException("disk full")), 3, "java.io.IOException: disk full"),
                Arguments.of(new NullPointerException(), 3, "java.lang.NullPointerException"));
    }

    @Test
    void what_the_user_stopped_needs_no_words() {
        assertThat(fail(new CancelledException(), false)).isEqualTo(3);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void each_failure_is_one_sentence_and_an_exit_status(Exception failure, int status, String sentence) {
        assertThat(fail(failure, false)).isEqualTo(status);
        assertThat(err.toString()).isEqualToNormalizingNewlines("resilient: " + sentence + "\n");
    }

    static Stream<Arguments> failuresOfFiles() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/x"), "you may not use /x"),
                Arguments.of(new NoSuchFileException("/x"), "/x is not there"),
                Arguments.of(new FileAlreadyExistsException("/x"), "/x is a file"),
                Arguments.of(new NotDirectoryException("/x"), "/x is a file"),
                Arguments.of(new DirectoryNotEmptyException("/x"), "/x is in use"),
                Arguments.of(new FileSystemException("/x", null, "Read-only file system"), "/x: Read-only file system"),
                Arguments.of(new IOException("No space left on device"), "No space left on device"),
                Arguments.of(new IOException(), "java.io.IOException"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfFiles")
    void a_failure_of_a_file_says_what_is_in_the_way(IOException failure, String reason) {
        assertThat(EnvironmentRefused.because("Cannot write", failure))
                .hasMessage("Cannot write: " + reason + ".")
                .hasCause(failure);
    }

    @Test
    void what_failed_besides_is_told_too() {
        Exception failure = new ScenarioException("It never answered.");
        failure.addSuppressed(refusal("Throttling", "Rate exceeded"));
        fail(failure, false);
        assertThat(err.toString().lines())
                .containsExactly(
                        "resilient: It never answered.", "resilient: also: AWS refused with Throttling: Rate exceeded");
    }

    @Test
    void who_wants_the_stack_trace_gets_it_with_its_cause() {
        fail(new EnvironmentRefused("No room.", new IOException("disk full")), true);
        assertThat(err.toString())
                .contains("\tat ", "Caused by: java.io.IOException: disk full", "resilient: No room.");
    }

    private int fail(Exception failure, boolean verbose) {
        CommandLine command = new CommandLine(new Nothing()).setErr(new PrintWriter(err));
        return new Failures(() -> verbose).handleExecutionException(failure, command, command.parseArgs());
    }

    private static AwsServiceException refusal(String code, String message) {
        return AwsServiceException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    @Command(name = "nothing")
    private static final class Nothing {}
}
