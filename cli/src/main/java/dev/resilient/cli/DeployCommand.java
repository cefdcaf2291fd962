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

    @Option(
            names = "--guard",
            paramLabel = "none|instance",
            defaultValue = "none",
            description = {
                "Where a guard runs, with --replace heartbeat: nowhere unless you start `resilient guard` (default), or"
                        + " beside the server on each instance, of which one acts."
            })
    private Place guard = Place.NONE;

    /** Where a guard runs by itself. */
    enum Place {
        NONE,
        INSTANCE
    }

    @Override
    public Integer call() {
        if (guard == Place.INSTANCE) {
            requireHeartbeat();
            options.guardOnInstances();
        }
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

    private void requireHeartbeat() {
        if (replacement != Replacement.HEARTBEAT) {
            throw new IllegalArgumentException("A guard (--guard instance) acts with --replace heartbeat only.");
        }
    }

    private URI deploy(Scenario scenario) {
        URI endpoint = scenario.deploy();
        scenario.replaceBy(replacement);
        return endpoint;
    }
}
