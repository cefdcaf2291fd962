package dev.resilient.scenario;

import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.resource.Resource;
import dev.resilient.scenario.resource.Resources;
import java.util.List;

/** Removes everything of a deployment, whoever made it and however far they got, and proves it. */
final class Destroyer {
    private final Environment environment;

    Destroyer(Environment environment) {
        this.environment = environment;
    }

    /**
     * Goes through all resources, carrying on past failures.
     *
     * @return what is still there afterwards
     */
    List<String> destroy() {
        new Resources(environment).toDestroy().forEach(this::delete);
        return new Leftovers(environment).list();
    }

    private void delete(Resource resource) {
        long start = environment.waiting().time().nanoTime();
        String name = environment.deployment().name();
        try {
            // A name may depend on the account, which has to be asked for.
            name = resource.name();
            if (resource.delete()) {
                environment
                        .events()
                        .publish(new ScenarioEvent.ResourceDeleted(
                                resource.kind(), name, environment.waiting().since(start)));
            }
        } catch (CancelledException stopped) {
            throw stopped;
        } catch (RuntimeException failure) {
            environment
                    .events()
                    .publish(new ScenarioEvent.DeletionFailed(
                            resource.kind(), name, String.valueOf(failure.getMessage())));
        }
    }
}
