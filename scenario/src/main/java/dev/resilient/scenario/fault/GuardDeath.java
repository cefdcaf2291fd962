package dev.resilient.scenario.fault;

import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.guard.GuardLimits;
import dev.resilient.scenario.guard.Guards;
import java.util.List;

/** Some of the two guards end, and at the same time something else goes wrong that a guard would mend. */
public final class GuardDeath implements Fault {
    private static final int GUARDS = 2;

    private final Guards guards;
    private final int deaths;
    private final Fault meanwhile;

    /** @param deaths how many of the two end, 1 or 2; with one it is the one that has the lease */
    public GuardDeath(Guards guards, int deaths, Fault meanwhile) {
        this.guards = guards;
        this.deaths = deaths;
        this.meanwhile = meanwhile;
    }

    @Override
    public String text() {
        return (deaths == GUARDS ? "both guards are gone" : "the guard that acts is gone, and another one runs") + "; "
                + meanwhile.text();
    }

    @Override
    public List<String> strike(Scene scene) {
        scene.undoing().note("two guards run", now -> guards.ensure(GUARDS, scene.environment(), GuardLimits.DEFAULT));
        for (int death = 0; death < deaths; death++) {
            guards.endFirst();
        }
        scene.environment().events().publish(new ScenarioEvent.ServiceChanged(deaths + " of 2 guards ended"));
        return meanwhile.strike(scene);
    }
}
