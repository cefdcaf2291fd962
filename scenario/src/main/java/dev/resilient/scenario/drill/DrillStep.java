package dev.resilient.scenario.drill;

import dev.resilient.scenario.fault.Fault;
import dev.resilient.scenario.phase.Expectation;
import java.util.List;

/**
 * A part of a drill.
 *
 * @param fault what is done
 * @param isFault whether that is what goes wrong, as opposed to a look at how things are
 * @param expectations what must be observed because of it
 */
record DrillStep(Fault fault, boolean isFault, List<Expectation> expectations) {
    DrillStep {
        expectations = List.copyOf(expectations);
    }

    static DrillStep of(Fault fault, Expectation... expectations) {
        return new DrillStep(fault, true, List.of(expectations));
    }
}
