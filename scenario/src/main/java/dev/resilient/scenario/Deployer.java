package dev.resilient.scenario;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.resource.LoadBalancer;
import dev.resilient.scenario.resource.Propagation;
import dev.resilient.scenario.resource.Resource;
import dev.resilient.scenario.resource.Resources;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Makes the resources in order, and waits until the service answers from three healthy targets. What a demonstration that was
 * interrupted has left otherwise than it was is put back.
 */
final class Deployer {
    private final Environment environment;
    private boolean isNew = true;

    Deployer(Environment environment) {
        this.environment = environment;
    }

    /** Whether nothing of the deployment was there before, as far as this got. */
    boolean isNew() {
        return isNew;
    }

    URI deploy() {
        new Resources(environment).toDeploy().forEach(this::create);
        URI endpoint = new LoadBalancer(environment).awaitEndpoint();
        List<String> leaving = new ServiceLevers(environment).terminateRestricted();
        new Readiness(environment).await(endpoint, leaving);
        environment.events().publish(new ScenarioEvent.EndpointReady(endpoint));
        return endpoint;
    }

    private void create(Resource resource) {
        long start = environment.waiting().time().nanoTime();
        environment.waiting().checkCancelled();
        Resource.Creation creation = Propagation.create(environment, resource);
        isNew &= creation == Resource.Creation.CREATED;
        Duration took = environment.waiting().since(start);
        environment
                .events()
                .publish(
                        switch (creation) {
                            case CREATED -> new ScenarioEvent.ResourceCreated(resource.kind(), resource.name(), took);
                            case FOUND -> new ScenarioEvent.ResourceFound(resource.kind(), resource.name(), took);
                        });
    }
}
