package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import dev.resilient.scenario.Scenario;
import dev.resilient.scenario.resource.Replacement;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code resilient deploy}: the first act alone. */
@Command(name = "deploy", description = "Deploy the service, and leave it there until `resilient destroy`.")
final class DeployCommand implements Callable<Integer> {
    @Mixin
    private ScenarioOptions options;

    @Mixin
    private RealismOption realism;

    @Mixin
    private PlanOption plan;

    @Option(
            names = "--replace",
            paramLabel = "manual|elb|heartbeat",
            defaultValue = "manual",
            description = {
                "Who replaces an instance that does not work: nobody but you (default), the Auto Scaling group by the"
                        + " load balancer's health checks, or `resilient guard` by the instances' heartbeats."
            })
    private Replacement replacement = Replacement.MANUAL;

    @Override
    public Integer call() {
        options.validate();
        LocalSettings settings = realism.in(options.settings());
        Play play = new Play(options);
        plan.requireSomebody(options);
        Optional<URI> endpoint = play.at(() -> plan.place(options.target(), settings), (scenario, target) -> {
            Opening.tell(play.page(), target);
            return plan.isAgreed(options, play, scenario) ? Optional.of(deploy(scenario)) : Optional.empty();
        });
        endpoint.ifPresent(new Results(options, play.page())::tell);
        return ExitCode.HELD.status();
    }

    private URI deploy(Scenario scenario) {
        URI endpoint = scenario.deploy();
        scenario.replaceBy(replacement);
        return endpoint;
    }
}
