package dev.resilient.scenario.drill;

import dev.resilient.scenario.fault.Fault;
import dev.resilient.scenario.phase.Expectation;
import java.util.List;
import java.util.Optional;

/**
 * A part of a drill.
 *
 * @param fault what goes wrong now; empty to look how things are
 * @param expectations what must be observed because of it
 */
record DrillStep(Optional<Fault> fault, List<Expectation> expectations) {
    DrillStep {
        expectations = List.copyOf(expectations);
    }

    static DrillStep look(List<Expectation> expectations) {
        return new DrillStep(Optional.empty(), expectations);
    }

    static DrillStep of(Fault fault, Expectation... expectations) {
        return new DrillStep(Optional.of(fault), List.of(expectations));
    }
}
