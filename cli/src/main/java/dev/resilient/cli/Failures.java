package dev.resilient.cli;

import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Refusals;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever a command throws into one sentence and an exit status. Stack traces are for {@code --verbose}. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier verbose;

    Failures(BooleanSupplier verbose) {
        this.verbose = verbose;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        say(command.getErr(), Refusals.sentence(failure));
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.status();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(command.getErr());
        }
        if (!(failure instanceof CancelledException)) { // whoever stopped it knows, and was told what becomes of it
            say(command.getErr(), Refusals.sentence(failure));
        }
        for (Throwable also : failure.getSuppressed()) {
            say(command.getErr(), "also: " + Refusals.sentence(also));
        }
        return (failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.REFUSED).status();
    }

    private static void say(PrintWriter err, String sentence) {
        err.println("resilient: " + sentence);
        err.flush();
    }
}
