package dev.resilient.cli;

import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.phase.PhaseId;
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

    @Mixin
    private PlayOptions playing;

    @Mixin
    private DashboardOption dashboard;

    @Option(
            names = "--from",
            paramLabel = "PHASE",
            converter = PhaseOption.class,
            completionCandidates = PhaseOption.class,
            description =
                    "Begin with this phase; what those before it do is done, and not judged: ${COMPLETION-CANDIDATES}."
                            + " The last five are those of --more.")
    private PhaseId from = PhaseId.INITIAL;

    @Override
    public Integer call() {
        options.validate();
        playing.prepare();
        Play play = new Play(options);
        Consent.toDemonstrate(options, play::confirms);
        play.show(dashboard);
        Interlude interlude = play.interlude(playing.auto());
        RunReport report = play.at(
                () -> Targets.deployed(options.target(), options.settings()),
                (scenario, target) -> scenario.demonstrate(target.name(), interlude, from, playing.more()));
        new Results(options, play.page()).tell(report, playing.report());
        return ExitCode.of(report.held()).status();
    }
}
