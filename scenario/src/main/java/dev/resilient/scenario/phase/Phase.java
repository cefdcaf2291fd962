package dev.resilient.scenario.phase;

import java.util.List;
import java.util.stream.Stream;

/**
 * A part of the demonstration as data.
 *
 * @param id which one
 * @param title a few words
 * @param explanation what is about to happen and why, in plain words
 * @param steps what is done, one after the other; the first is usually a look whether things are as the phase needs them, and a last
 *     one may put back what the phase did
 */
public record Phase(PhaseId id, String title, String explanation, List<Step> steps) {

    /** Copies the list. */
    public Phase {
        steps = List.copyOf(steps);
    }

    /** Everything that must become true, in order. */
    public Stream<Expectation> expectations() {
        return steps.stream().map(Step::expectations).flatMap(List::stream);
    }
}
