package dev.resilient.cli;

import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.Status;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resilient status}: what there is of a deployment. */
@Command(name = "status", description = "Show what is deployed, and the health of its targets.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ScenarioOptions options;

    @Override
    public Integer call() {
        options.validate();
        Play play = new Play(options);
        Status status = play.at(
                () -> Targets.deployed(options.target(), options.settings()), (scenario, target) -> scenario.status());
        new Results(options, play.page()).tell(status);
        return ExitCode.HELD.status();
    }
}
