package dev.resilient.cli;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of a command, as the command line gives them. */
final class Options {
    private Options() {}

    static ScenarioOptions of(Writer out, String... arguments) {
        Anything command = new Anything();
        new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments);
        return command.options;
    }

    @Command(name = "anything")
    private static final class Anything {
        @Mixin
        private ScenarioOptions options;
    }
}
