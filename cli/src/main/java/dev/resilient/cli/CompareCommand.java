package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.Target;
import dev.resilient.cli.target.Targets;
import dev.resilient.scenario.drill.Configuration;
import dev.resilient.scenario.drill.DrillOrder;
import dev.resilient.scenario.drill.DrillOrder.Purpose;
import dev.resilient.scenario.drill.report.DrillsReport;
import dev.resilient.scenario.resource.Replacement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--replacement",
            description = "Compare who replaces instances instead: a person, the Auto Scaling group, or a guard.")
    private boolean replacement;

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
            return scenario.deployAndDrill(replacement ? strategies(target) : remedies(target));
        });
        DrillResults results = new DrillResults(options, play.page());
        if (replacement) {
            results.tellReplacements(report, drilling.report());
            return ExitCode.of(report.held()).status();
        }
        results.tell(report, drilling.report());
        return ExitCode.of(report.leftovers().isEmpty()).status();
    }

    private List<DrillOrder> remedies(Target target) {
        DrillOrder fragile = drilling.order(target, Configuration.FRAGILE, FOR, Purpose.MEASURE);
        return List.of(fragile, fragile.under(Configuration.RESILIENT));
    }

    private List<DrillOrder> strategies(Target target) {
        DrillOrder manual =
                drilling.order(target, Configuration.replacedBy(Replacement.MANUAL), FOR, Purpose.REPLACEMENT);
        return Arrays.stream(Replacement.values())
                .map(replacedBy -> manual.under(Configuration.replacedBy(replacedBy)))
                .toList();
    }
}
