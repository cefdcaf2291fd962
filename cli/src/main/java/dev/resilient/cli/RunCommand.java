package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.report.RunReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resilient run}: all three acts, one after the other. */
@Command(name = "run", description = "Deploy the service, make it fail in seven ways, destroy everything.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private ScenarioOptions options;

    @Mixin
    private RealismOption realism;

    @Mixin
    private PlayOptions playing;

    @Override
    public Integer call() {
        options.validate();
        LocalSettings settings = realism.in(options.settings());
        playing.prepare();
        Play play = new Play(options);
        Consent.toDeploy(options, play.page());
        Interlude interlude = play.interlude(playing.auto());
        RunReport report = play.at(() -> Targets.forRun(options.target(), settings), (scenario, target) -> {
            Opening.tell(play.page(), target);
            return scenario.run(target.name(), interlude);
        });
        new Results(options, play.page()).tell(report, playing.report());
        return ExitCode.of(report.held()).status();
    }
}
