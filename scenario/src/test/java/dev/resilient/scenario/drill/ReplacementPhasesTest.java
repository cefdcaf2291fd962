package dev.resilient.scenario.drill;

import static dev.resilient.scenario.phase.Verdict.Outcome.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.FakeAws;
import dev.resilient.scenario.FakeEnvironment;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.phase.Expectation;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.phase.PhaseId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplacementPhasesTest {
    private FakeAws aws;
    private List<Phase> phases;

    @BeforeEach
    void make() throws IOException {
        aws = new FakeAws((operation, _) -> {
            throw new AssertionError(operation);
        });
        var environment = new FakeEnvironment(aws, 80, Path.of("server.jar"), new ArrayList<>()).make();
        phases = new ReplacementPhases(environment, environment).all();
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void they_are_the_ones_after_the_articles_seven_and_describing_them_asks_for_nothing() {
        assertThat(phases)
                .extracting(Phase::id)
                .isEqualTo(
                        Arrays.stream(PhaseId.values()).filter(PhaseId::isMore).toList());
        assertThat(aws.operations()).isEmpty();
    }

    @Test
    void each_explains_itself_and_begins_and_ends_with_an_undisturbed_service() {
        assertThat(phases).allSatisfy(phase -> {
            assertThat(phase.title()).isNotBlank();
            assertThat(phase.explanation()).hasSizeGreaterThan(100).doesNotContain("\n");
            List<String> claims = phase.expectations().map(Expectation::text).toList();
            assertThat(claims).hasSizeGreaterThan(2).doesNotHaveDuplicates();
            assertThat(claims.getFirst()).startsWith("Before: three targets are healthy");
            assertThat(claims.getLast()).startsWith("After: three targets are healthy");
        });
    }

    @Test
    void nothing_is_expected_forever_and_nothing_holds_when_nothing_was_seen() {
        var nothing = new Observations(Optional.of("i-1"), 0, List.of(), List.of());
        assertThat(phases.stream().flatMap(Phase::expectations)).allSatisfy(expectation -> {
            assertThat(expectation.within()).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(2));
            assertThat(expectation.judge(nothing).outcome()).isNotEqualTo(HELD);
        });
    }
}
