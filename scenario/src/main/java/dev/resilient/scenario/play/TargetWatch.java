package dev.resilient.scenario.play;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.observe.TargetHealthReader;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import java.util.List;

/** Looks at the targets, and tells when they differ from the last time. Confined to one thread. */
public final class TargetWatch {
    private final Environment environment;
    private final TargetHealthReader reader;
    private List<TargetSeen> last = List.of();

    /** Watches the targets of the environment's deployment. */
    public TargetWatch(Environment environment) {
        this.environment = environment;
        this.reader = new TargetHealthReader(
                environment.aws().loadBalancing(),
                environment.names().targetGroup(),
                environment.waiting().time());
    }

    /** The targets now. */
    public TargetSnapshot look() {
        TargetSnapshot snapshot = reader.read();
        if (!snapshot.targets().equals(last)) {
            last = snapshot.targets();
            environment.events().publish(new ScenarioEvent.TargetsSeen(last, ScenarioEvent.Occasion.NEWS));
        }
        return snapshot;
    }
}
