package dev.resilient.scenario.phase;

import dev.resilient.scenario.observe.Observations;
import java.time.Duration;
import java.util.function.Function;

/**
 * Something that must become true, said in advance.
 *
 * @param text the claim
 * @param within how long after the action it may take
 * @param check judges the claim by everything seen since the action began; pure, and asked again with every new observation
 */
public record Expectation(String text, Duration within, Function<Observations, Verdict> check) {

    /** Judges the claim. */
    public Verdict judge(Observations observations) {
        return check.apply(observations);
    }
}
