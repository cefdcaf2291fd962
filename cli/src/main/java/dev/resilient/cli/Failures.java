package dev.resilient.cli;

import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.scenario.base.CancelledException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns whatever a command throws into one sentence and an exit status. Stack traces are for {@code --verbose}. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier verbose;

    Failures(BooleanSupplier verbose) {
        this.verbose = verbose;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        say(command.getErr(), sentence(failure));
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.status();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(command.getErr());
        }
        if (!(failure instanceof CancelledException)) { // whoever stopped it knows, and was told what becomes of it
            say(command.getErr(), sentence(failure));
        }
        for (Throwable also : failure.getSuppressed()) {
            say(command.getErr(), "also: " + sentence(also));
        }
        return (failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.REFUSED).status();
    }

    private static void say(PrintWriter err, String sentence) {
        err.println("resilient: " + sentence);
        err.flush();
    }

    /** One sentence that says what is wrong. */
    static String sentence(Throwable failure) {
        return switch (failure) {
            case EnvironmentRefused refused -> String.valueOf(refused.getMessage());
            case AwsServiceException refusal
            when refusal.awsErrorDetails() != null ->
                "AWS refused with " + refusal.awsErrorDetails().errorCode() + ": "
                        + refusal.awsErrorDetails().errorMessage();
            case SdkException unreachable -> "AWS could not be asked: " + unreachable.getMessage();
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
