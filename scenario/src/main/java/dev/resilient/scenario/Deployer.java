package dev.resilient.scenario;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import dev.resilient.scenario.base.Waiting.Sight;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.ServiceProbe;
import dev.resilient.scenario.observe.TargetSnapshot;
import dev.resilient.scenario.resource.LoadBalancer;
import dev.resilient.scenario.resource.Resource;
import dev.resilient.scenario.resource.Resources;
import java.net.URI;
import java.time.Duration;

/** Makes the resources in order, and waits until the service answers from three healthy targets. */
final class Deployer {
    private static final int TARGETS = 3;
    private static final Duration WORK = Duration.ofMinutes(1);

    /** A load balancer takes minutes to be provisioned, and meanwhile instances boot and install a JDK. */
    private static final Duration PROVISIONING = Duration.ofMinutes(10);

    private final Environment environment;

    Deployer(Environment environment) {
        this.environment = environment;
    }

    URI deploy() {
        new Resources(environment).toDeploy().forEach(this::create);
        URI endpoint = new LoadBalancer(environment)
                .endpoint()
                .orElseThrow(() -> new ScenarioException("The load balancer went away while the rest was deployed."));
        awaitService(endpoint);
        environment.events().publish(new ScenarioEvent.EndpointReady(endpoint));
        return endpoint;
    }

    private void create(Resource resource) {
        long start = environment.waiting().time().nanoTime();
        environment.waiting().checkCancelled();
        Resource.Creation creation = resource.create();
        Duration took = environment.waiting().since(start);
        environment
                .events()
                .publish(
                        switch (creation) {
                            case CREATED -> new ScenarioEvent.ResourceCreated(resource.kind(), resource.name(), took);
                            case FOUND -> new ScenarioEvent.ResourceFound(resource.kind(), resource.name(), took);
                        });
    }

    private void awaitService(URI endpoint) {
        var watch = new TargetWatch(environment);
        try (var probe = new ServiceProbe(
                endpoint, ServiceProbe.PATIENCE, environment.waiting().time())) {
            Duration limit = environment.pacing().limit(WORK, PROVISIONING);
            environment.waiting().until("three targets are healthy and the service answers", limit, () -> {
                TargetSnapshot snapshot = watch.look();
                if (!snapshot.areExactlyHealthy(TARGETS)) {
                    return Sight.nothingYet(snapshot.summary());
                }
                Answer answer = probe.sendOnFreshConnection();
                return Sight.when(answer.status().orElse(0) == 200, answer.summary());
            });
        }
    }
}
