package dev.resilient.scenario;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.play.Readiness;
import dev.resilient.scenario.play.ServiceLevers;
import dev.resilient.scenario.resource.LoadBalancer;
import dev.resilient.scenario.resource.Propagation;
import dev.resilient.scenario.resource.Resource;
import dev.resilient.scenario.resource.Resources;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes the resources in order, and waits until the service answers from three healthy targets. What a demonstration that was
 * interrupted has left otherwise than it was is put back.
 */
final class Deployer {
    private static final Logger log = LoggerFactory.getLogger(Deployer.class);
    private final Environment environment;
    private final List<Resource> resources;
    private int created;
    private boolean found;

    Deployer(Environment environment) {
        this.environment = environment;
        this.resources = new Resources(environment).toDeploy();
    }

    /**
     * Whether nothing of the deployment was there before: what this came to was not, and of what it did not come to nothing is
     * seen now. What may not be asked for says nothing; false if all of it may not.
     */
    boolean isNew() {
        boolean known = created > 0;
        for (Resource next : resources.subList(Math.min(created + 1, resources.size()), resources.size())) {
            try {
                if (!next.existing().isEmpty()) {
                    return false;
                }
                known = true;
            } catch (SdkException refused) {
                log.debug("cannot ask for the {}", next.kind(), refused);
            }
        }
        return known && !found;
    }

    URI deploy() {
        resources.forEach(this::create);
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
        created += creation == Resource.Creation.CREATED ? 1 : 0;
        found |= creation == Resource.Creation.FOUND;
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
