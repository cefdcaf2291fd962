package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.Target;
import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.drill.Configuration;
import dev.resilient.scenario.drill.DrillOrder;
import dev.resilient.scenario.drill.Drills;
import dev.resilient.scenario.drill.report.DrillsReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code resilient drill}: users come while something breaks. */
@Command(
        name = "drill",
        description = {
            "Break things while users come at a steady rate, and measure what they experience.",
            "Drills the service that is deployed, or else deploys one and destroys it afterwards."
        })
final class DrillCommand implements Callable<Integer> {
    private static final Duration AT_LEAST = Duration.ofSeconds(8);

    @Mixin
    private ScenarioOptions options;

    @Mixin
    private RealismOption realism;

    @Mixin
    private DrillOptions drilling;

    @Mixin
    private DashboardOption dashboard;

    @Option(names = "--list", description = "List the drills, and play none.")
    private boolean list;

    @Override
    public Integer call() {
        options.validate();
        drilling.prepare();
        Play play = new Play(options);
        if (list) {
            Drills.all(new Pacing(1), Configuration.RESILIENT, AT_LEAST)
                    .forEach(drill -> play.page().line(String.format("  %-22s %s", drill.id(), drill.title())));
            return ExitCode.HELD.status();
        }
        if (drilling.nothingIsChosen()) {
            throw new IllegalArgumentException("Name the drills to play, or say --all; --list shows them.");
        }
        LocalSettings settings = realism.in(options.settings());
        boolean mayBeThere = Targets.mayHaveDeployment(options.target(), settings);
        Consent.requireSomebody(options);
        play.show(dashboard);
        DrillsReport report = play.at(
                () -> mayBeThere
                        ? Targets.deployed(options.target(), settings)
                        : Targets.forRun(options.target(), settings),
                (scenario, target) -> drill(play, scenario, target));
        new DrillResults(options, play.page()).tell(report, drilling.report());
        return ExitCode.of(report.held()).status();
    }

    private DrillsReport drill(Play play, Scenario scenario, Target target) {
        Opening.tell(play.page(), target);
        DrillOrder order = drilling.order(target, Configuration.RESILIENT, AT_LEAST, false);
        if (scenario.status().isDeployed()) {
            Consent.toDemonstrate(options, play::confirms);
            return scenario.drill(order);
        }
        Consent.toDeploy(options, play::confirms);
        return scenario.deployAndDrill(List.of(order));
    }
}
