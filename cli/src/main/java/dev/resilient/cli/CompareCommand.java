package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.drill.Configuration;
import dev.resilient.scenario.drill.DrillOrder;
import dev.resilient.scenario.drill.report.DrillsReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resilient compare}: the same faults without any remedy and with all of them. */
@Command(
        name = "compare",
        description = {
            "Play the same drills on a fragile service and on a resilient one, and put the two side by side.",
            "Deploys each, and destroys it afterwards; a service that is deployed is left alone."
        })
final class CompareCommand implements Callable<Integer> {
    private static final Duration FOR = Duration.ofSeconds(15);

    @Mixin
    private ScenarioOptions options;

    @Mixin
    private RealismOption realism;

    @Mixin
    private DrillOptions drilling;

    @Mixin
    private DashboardOption dashboard;

    @Override
    public Integer call() {
        options.validate();
        drilling.prepare();
        LocalSettings settings = realism.in(options.settings());
        Play play = new Play(options);
        Consent.requireSomebody(options);
        play.show(dashboard);
        DrillsReport report = play.at(() -> Targets.forRun(options.target(), settings), (scenario, target) -> {
            Opening.tell(play.page(), target);
            if (scenario.status().isDeployed()) {
                throw new IllegalArgumentException(
                        "There is a deployment of this name already: choose another --name.");
            }
            Consent.toDeploy(options, play::confirms);
            DrillOrder fragile = drilling.order(target, Configuration.FRAGILE, FOR, true);
            return scenario.deployAndDrill(List.of(fragile, fragile.under(Configuration.RESILIENT)));
        });
        new DrillResults(options, play.page()).tell(report, drilling.report());
        boolean leftNothing = report.leftovers().isEmpty();
        return ExitCode.of(leftNothing).status();
    }
}
