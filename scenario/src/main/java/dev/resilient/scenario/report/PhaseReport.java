package dev.resilient.scenario.report;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.phase.Phase;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one phase found.
 *
 * @param id which phase
 * @param title a few words
 * @param held whether every expectation held
 * @param durationMillis of the whole phase
 * @param expectations in order
 * @param responses how many answers there were of each kind
 */
public record PhaseReport(
        String id,
        String title,
        boolean held,
        long durationMillis,
        List<ExpectationReport> expectations,
        Map<String, Long> responses) {

    /** Copies the collections. */
    public PhaseReport {
        expectations = List.copyOf(expectations);
        responses = Collections.unmodifiableMap(new LinkedHashMap<>(responses));
    }

    /** The report of a phase; it held if it expected something and all of that held. */
    public static PhaseReport of(
            Phase phase, Duration took, List<ExpectationReport> expectations, List<Answer> answers) {
        Map<String, Long> responses = new LinkedHashMap<>();
        for (ResponseKind kind : ResponseKind.values()) {
            responses.put(
                    kind.wireName(),
                    answers.stream().filter(answer -> answer.is(kind)).count());
        }
        boolean held = !expectations.isEmpty() && expectations.stream().allMatch(ExpectationReport::held);
        return new PhaseReport(phase.id().wireName(), phase.title(), held, took.toMillis(), expectations, responses);
    }
}
