package dev.resilient.scenario.fault;

import dev.resilient.scenario.event.ScenarioEvent;
import java.util.List;

/** An instance is gone, without the Auto Scaling group having been asked. Nothing to undo: the group replaces it. */
public final class Termination implements Fault {
    @Override
    public String text() {
        return "one instance is terminated, as if its machine had died";
    }

    @Override
    public List<String> strike(Scene scene) {
        var environment = scene.environment();
        String id = scene.any(new Fleet(environment).inService()).instanceId();
        environment.aws().ec2().terminateInstances(request -> request.instanceIds(id));
        environment.events().publish(new ScenarioEvent.InstanceChanged(id, "terminating"));
        return List.of(id);
    }
}
