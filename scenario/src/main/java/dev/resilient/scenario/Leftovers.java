package dev.resilient.scenario;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Refusals;
import dev.resilient.scenario.resource.Resource;
import dev.resilient.scenario.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks AWS what there still is of a deployment, kind by kind. */
final class Leftovers {
    private final Environment environment;

    Leftovers(Environment environment) {
        this.environment = environment;
    }

    /** Whatever is left, each thing in a few words. What cannot be asked for counts as left, since it is not known to be gone. */
    List<String> list() {
        List<String> leftovers = new ArrayList<>();
        for (Resource resource : new Resources(environment).toDestroy()) {
            try {
                leftovers.addAll(resource.existing());
            } catch (SdkException failure) {
                leftovers.add("%s: cannot be asked for: %s".formatted(resource.kind(), Refusals.sentence(failure)));
            }
        }
        return List.copyOf(leftovers);
    }
}
