package dev.resilient.cli;

import dev.resilient.cli.target.Targets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resilient destroy}: the last act alone. */
@Command(name = "destroy", description = "Destroy everything of a deployment, and prove that nothing is left.")
final class DestroyCommand implements Callable<Integer> {
    @Mixin
    private ScenarioOptions options;

    @Override
    public Integer call() {
        options.validate();
        Play play = new Play(options);
        if (!Targets.mayHaveDeployment(options.target(), options.settings())) {
            new Results(options, play.page()).tellLeftovers(List.of());
            return ExitCode.HELD.status();
        }
        Consent.toDestroy(options, play::confirms);
        List<String> leftovers =
                play.at(() -> Targets.deployed(options.target(), options.settings()), (scenario, target) -> {
                    List<String> left = scenario.destroy();
                    // Here, since after a Ctrl-C the process ends when this does.
                    new Results(options, play.page()).tellLeftovers(left);
                    if (left.isEmpty() && scenario.otherDeployments().isEmpty()) {
                        Targets.endAfterDestroy(target);
                    }
                    return left;
                });
        return ExitCode.of(leftovers.isEmpty()).status();
    }
}
