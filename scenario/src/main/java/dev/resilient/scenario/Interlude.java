package dev.resilient.scenario;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.report.PhaseReport;
import java.util.List;

/** What happens around the phases when a person takes part. Called on the thread that plays the demonstration, which waits. */
public interface Interlude {

    /** The phase is about to be played: its explanation can be read, and its action has not been done. */
    default void before(Phase phase, Choices choices) {}

    /** The phase was played, and the service is as it left it. */
    default void after(PhaseReport report, Choices choices) {}

    /** Nobody takes part: one phase follows the other. */
    static Interlude none() {
        return new Interlude() {};
    }

    /** What a person can do in between. Both also publish an event. */
    interface Choices {

        /** Sends one request to the service. */
        Answer sendRequest();

        /** Looks at the targets. */
        List<TargetSeen> checkTargetHealth();
    }
}
