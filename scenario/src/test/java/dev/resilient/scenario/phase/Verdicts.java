package dev.resilient.scenario.phase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.phase.Verdict.Outcome;
import org.assertj.core.api.AbstractComparableAssert;

/** Assertions on verdicts, which must say what was observed. */
final class Verdicts {
    private Verdicts() {}

    static AbstractComparableAssert<?, Outcome> assertOutcome(Verdict verdict) {
        assertThat(verdict.observed()).isNotBlank();
        return assertThat(verdict.outcome());
    }
}
