package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import dev.resilient.cli.target.Targets;
import java.net.URI;
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

    @Override
    public Integer call() {
        options.validate();
        LocalSettings settings = realism.in(options.settings());
        Play play = new Play(options);
        Consent.toDeploy(options, play.page());
        URI endpoint = play.at(() -> Targets.toDeploy(options.target(), settings), (scenario, target) -> {
            Opening.tell(play.page(), target);
            return scenario.deploy();
        });
        new Results(options, play.page()).tell(endpoint);
        return ExitCode.HELD.status();
    }
}
