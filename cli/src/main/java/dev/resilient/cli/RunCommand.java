package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.report.RunReport;
import java.util.Optional;
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
    private PlanOption plan;

    @Mixin
    private PlayOptions playing;

    @Mixin
    private DashboardOption dashboard;

    @Override
    public Integer call() {
        options.validate();
        LocalSettings settings = realism.in(options.settings());
        playing.prepare();
        Play play = new Play(options);
        plan.requireSomebody(options);
        play.show(dashboard);
        Interlude interlude = play.interlude(playing.auto());
        Optional<RunReport> report = play.at(() -> Targets.forRun(options.target(), settings), (scenario, target) -> {
            Opening.tell(play.page(), target);
            return plan.isAgreed(options, play, scenario)
                    ? Optional.of(scenario.run(target.name(), interlude, playing.more()))
                    : Optional.empty();
        });
        report.ifPresent(told -> new Results(options, play.page()).tell(told, playing.report()));
        return ExitCode.of(report.map(RunReport::held).orElse(true)).status();
    }
}
