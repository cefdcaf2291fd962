package dev.resilient.cli;

import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.report.RunReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code resilient demo}: the second act alone. */
@Command(name = "demo", description = "Make the deployed service fail in seven ways, and check each claim.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private ScenarioOptions options;

    @Option(names = "--auto", description = "Play by itself, without asking.")
    private boolean auto;

    @Override
    public Integer call() {
        options.validate();
        Play play = new Play(options);
        Interlude interlude = play.interlude(auto);
        RunReport report = play.at(
                () -> Targets.deployed(options.target(), options.settings()),
                (scenario, target) -> scenario.demonstrate(target.name(), interlude));
        new Results(options, play.page()).tell(report);
        return ExitCode.of(report.held()).status();
    }
}
