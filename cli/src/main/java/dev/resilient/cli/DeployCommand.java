package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resilient deploy}: the first act alone. */
@Command(name = "deploy", description = "Deploy the service, and leave it there until `resilient destroy`.")
final class DeployCommand implements Callable<Integer> {
    @Mixin
    private ScenarioOptions options;

    @Mixin
    private RealismOption realism;

    @Mixin
    private PlanOption plan;

    @Override
    public Integer call() {
        options.validate();
        LocalSettings settings = realism.in(options.settings());
        Play play = new Play(options);
        plan.requireSomebody(options);
        Optional<URI> endpoint = play.at(() -> plan.place(options.target(), settings), (scenario, target) -> {
            Opening.tell(play.page(), target);
            return plan.isAgreed(options, play, scenario) ? Optional.of(scenario.deploy()) : Optional.empty();
        });
        endpoint.ifPresent(new Results(options, play.page())::tell);
        return ExitCode.HELD.status();
    }
}
