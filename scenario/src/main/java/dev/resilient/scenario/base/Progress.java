package dev.resilient.scenario.base;

import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvents;
import java.time.Duration;

/** Tells of one long wait, not more often than every two seconds. Confined to one thread. */
public final class Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final ScenarioEvents events;
    private Duration told = Duration.ZERO;

    /** A wait that begins now. */
    public Progress(ScenarioEvents events) {
        this.events = events;
    }

    /**
     * The wait goes on.
     *
     * @param what what is awaited, as it ends the sentence "waiting until ..."
     * @param waited the time since the wait began
     * @param lastSeen what is there instead
     */
    public void tell(String what, Duration waited, Duration limit, String lastSeen) {
        if (waited.minus(told).compareTo(INTERVAL) >= 0) {
            told = waited;
            events.publish(new ScenarioEvent.StillWaiting(what, waited, limit, lastSeen));
        }
    }
}
