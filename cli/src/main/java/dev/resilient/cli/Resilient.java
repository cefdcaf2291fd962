package dev.resilient.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program. */
@Command(
        name = "resilient",
        description = "What happens to a web service when something it depends on fails, and what each remedy buys.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DeployCommand.class,
            DemoCommand.class,
            DrillCommand.class,
            CompareCommand.class,
            StatusCommand.class,
            DestroyCommand.class,
            DashboardCommand.class,
            CloudCommand.class,
            TrainCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit status: 0 every claim held, 1 one did not, 2 wrong usage, 3 the environment or AWS refused.",
            "Data is kept in RESILIENT_HOME (default: .resilient in your home folder)."
        })
public final class Resilient {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show every call to AWS with its request id, and the stack trace of an error.")
    private boolean verbose;

    private Resilient() {}

    /** Runs the command that the arguments name, and ends the process with its exit status. */
    public static void main(String[] arguments) {
        Logs.forTerminal();
        System.exit(run(arguments, writer(System.out), writer(System.err)));
    }

    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        Resilient program = new Resilient();
        Failures failures = new Failures(() -> program.verbose);
        CommandLine command = new CommandLine(program)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
        offerHelp(command);
        command.setExecutionStrategy(parsed -> {
            if (program.verbose) {
                Logs.ofCalls();
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        int status = command.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
        out.flush();
        err.flush();
        return status;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** Every command explains itself with {@code --help}. The version is the launcher's to tell, without starting a JVM. */
    private static void offerHelp(CommandLine command) {
        if (!command.getCommandName().equals("help")) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help and exit.")
                            .build());
            command.getSubcommands().values().forEach(Resilient::offerHelp);
        }
    }
}
