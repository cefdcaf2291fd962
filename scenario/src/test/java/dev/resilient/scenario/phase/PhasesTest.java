package dev.resilient.scenario.phase;

import static dev.resilient.scenario.phase.Verdict.Outcome.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.resource.ServiceParameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhasesTest {
    private final List<Phase> phases = Phases.at(new Pacing(10));

    @Test
    void there_are_seven_in_the_order_of_the_article() {
        assertThat(phases)
                .extracting(phase -> phase.id().wireName())
                .containsExactly(
                        "initial",
                        "broken-dependency",
                        "static-response",
                        "bad-credentials",
                        "deep-health-checks",
                        "replace-instance",
                        "fail-open");
    }

    @ParameterizedTest
    @EnumSource(value = PhaseId.class, to = "FAIL_OPEN")
    void each_explains_itself_and_expects_something(PhaseId id) {
        Phase phase = phase(phases, id);
        assertThat(phase.title()).isNotBlank();
        assertThat(phase.explanation()).hasSizeGreaterThan(100).doesNotContain("\n");
        assertThat(phase.expectations()).isNotEmpty();
        assertThat(phase.expectations().map(Expectation::text)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(value = PhaseId.class, to = "FAIL_OPEN")
    void nothing_is_expected_forever_and_everything_takes_longer_on_aws(PhaseId id) {
        List<Expectation> here = phase(phases, id).expectations().toList();
        List<Expectation> onAws =
                phase(Phases.at(new Pacing(1)), id).expectations().toList();
        for (int i = 0; i < here.size(); i++) {
            assertThat(here.get(i).within()).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(2));
            assertThat(onAws.get(i).within()).isGreaterThanOrEqualTo(here.get(i).within());
        }
    }

    @ParameterizedTest
    @EnumSource(value = PhaseId.class, to = "FAIL_OPEN")
    void no_expectation_holds_when_nothing_was_seen(PhaseId id) {
        var nothing = new Observations(Optional.of("i-1"), 0, List.of(), List.of());
        assertThat(phase(phases, id).expectations())
                .allSatisfy(expectation ->
                        assertThat(expectation.judge(nothing).outcome()).isNotEqualTo(HELD));
    }

    @Test
    void the_levers_are_pulled_in_the_order_of_the_article() {
        var levers = new RecordingLevers();
        phases.forEach(phase -> phase.steps().forEach(step -> step.action().perform(levers)));
        assertThat(levers.pulled)
                .containsExactly(
                        "reset TABLE",
                        "reset FAILURE_RESPONSE",
                        "reset HEALTH_CHECK",
                        "set TABLE this-is-not-a-table",
                        "set FAILURE_RESPONSE static",
                        "reset TABLE",
                        "restrict",
                        "set HEALTH_CHECK deep",
                        "terminate i-restricted",
                        "set TABLE this-is-not-a-table",
                        "reset TABLE",
                        "reset FAILURE_RESPONSE",
                        "reset HEALTH_CHECK");
    }

    private static Phase phase(List<Phase> phases, PhaseId id) {
        return phases.stream().filter(phase -> phase.id() == id).findFirst().orElseThrow();
    }

    private static final class RecordingLevers implements Levers {
        private final List<String> pulled = new ArrayList<>();

        @Override
        public void set(ServiceParameter parameter, String value) {
            pulled.add("set " + parameter.name() + " " + value);
        }

        @Override
        public void reset(ServiceParameter parameter) {
            pulled.add("reset " + parameter.name());
        }

        @Override
        public String restrictOneInstance() {
            pulled.add("restrict");
            return restrictedInstance();
        }

        @Override
        public void restrict(String instanceId) {
            pulled.add("restrict " + instanceId);
        }

        @Override
        public String restrictedInstance() {
            return "i-restricted";
        }

        @Override
        public void terminate(String instanceId) {
            pulled.add("terminate " + instanceId);
        }
    }
}
