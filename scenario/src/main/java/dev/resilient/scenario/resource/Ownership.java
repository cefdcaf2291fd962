package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Deployment;
import dev.resilient.scenario.base.ScenarioException;
import java.util.Map;

/** Tells what belongs to a deployment from what only has the same name. */
record Ownership(Deployment deployment) {

    boolean isOurs(Map<String, String> tags) {
        return deployment.name().equals(tags.get(Deployment.TAG));
    }

    /** Refuses to adopt what is not ours. */
    void require(Map<String, String> tags, String kind, String name) {
        if (!isOurs(tags)) {
            throw new ScenarioException(
                    "There is a %s named %s already that is not of this deployment (it lacks the tag %s=%s): choose another name, or remove it."
                            .formatted(kind, name, Deployment.TAG, deployment.name()));
        }
    }
}
