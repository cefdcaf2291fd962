package dev.resilient.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code resilient completion}: what a shell has to know to complete a command line. */
@Command(
        name = "completion",
        description =
                "Print a script by which bash and zsh complete commands and options: source <(resilient completion)")
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        command.commandLine()
                .getOut()
                .print(AutoComplete.bash("resilient", command.root().commandLine()));
    }
}
