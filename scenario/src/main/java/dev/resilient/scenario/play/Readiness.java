package dev.resilient.scenario.play;

import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.base.Waiting.Sight;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.ServiceProbe;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import dev.resilient.scenario.resource.AutoScalingGroup;
import dev.resilient.scenario.resource.LoadBalancer;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/** Waits until the service answers from three healthy targets. */
public final class Readiness {
    private static final int TARGETS = 3;
    private static final int OK = 200;
    private static final Duration WORK = Duration.ofMinutes(1);

    /** A load balancer takes minutes to be provisioned, and meanwhile instances boot and install a JDK. */
    private static final Duration PROVISIONING = Duration.ofMinutes(10);

    private final Environment environment;
    private final TargetWatch watch;

    /** The readiness of the environment's deployment. */
    public Readiness(Environment environment) {
        this.environment = environment;
        this.watch = new TargetWatch(environment);
    }

    /**
     * Waits until the service at {@code endpoint} is ready without the instances {@code leaving}, which are being replaced.
     *
     * @throws ScenarioException if that takes too long, with what Auto Scaling did in vain and the end of a console, which may tell why
     */
    public void await(URI endpoint, Collection<String> leaving) {
        Duration limit = environment.pacing().limit(WORK, PROVISIONING);
        try (var probe = new ServiceProbe(
                endpoint, ServiceProbe.PATIENCE, environment.waiting().time())) {
            environment
                    .waiting()
                    .until("three targets are healthy and the service answers", limit, () -> look(probe, leaving));
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (ScenarioException inVain) {
            throw explained(inVain);
        }
    }

    private Sight<Boolean> look(ServiceProbe probe, Collection<String> leaving) {
        TargetSnapshot snapshot = watch.look();
        boolean stillThere =
                snapshot.targets().stream().map(TargetSeen::instanceId).anyMatch(leaving::contains);
        if (stillThere || !snapshot.areExactlyHealthy(TARGETS)) {
            return Sight.nothingYet(snapshot.summary());
        }
        Answer answer = probe.sendOnFreshConnection();
        return Sight.when(answer.status().orElse(0) == OK, answer.summary() + remedy(answer));
    }

    /** When the targets are healthy and nobody answers, though the load balancer could, the caller's address is the usual reason. */
    private String remedy(Answer answer) {
        if (answer.status().isPresent()) {
            return "";
        }
        return new LoadBalancer(environment).isProvisioning()
                ? "; the load balancer is still provisioning"
                : "; only %s may call the service: if your address is another one, deploy again, with --allow-cidr if need be"
                        .formatted(environment.deployment().allowedCidr());
    }

    private ScenarioException explained(ScenarioException inVain) {
        try {
            var healthy = watch.look().targets().stream()
                    .filter(TargetSeen::isHealthy)
                    .map(TargetSeen::instanceId)
                    .collect(Collectors.toSet());
            Stream<String> failures = new AutoScalingGroup(environment)
                    .lastFailures().stream().map(failure -> "Auto Scaling tells: " + failure + ".");
            Stream<String> console = new Consoles(environment).endOfOneBeside(healthy).stream();
            return Stream.concat(failures, console)
                    .reduce((one, other) -> one + " " + other)
                    .map(more -> new ScenarioException(inVain.getMessage() + " " + more, inVain))
                    .orElse(inVain);
        } catch (SdkException unreadable) {
            inVain.addSuppressed(unreadable);
            return inVain;
        }
    }
}
