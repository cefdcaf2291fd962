package dev.resilient.scenario.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.base.Pacing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillsTest {
    private static final List<Drill> ALL = Drills.all(new Pacing(10), Configuration.RESILIENT, Duration.ofSeconds(8));

    @Test
    void names_are_unique_and_every_drill_says_what_and_why() {
        assertThat(ALL).extracting(Drill::id).doesNotHaveDuplicates().hasSize(17);
        assertThat(ALL).allSatisfy(drill -> {
            assertThat(drill.title()).isNotBlank();
            assertThat(drill.why()).isNotBlank();
            assertThat(drill.fault()).isNotBlank();
        });
    }

    @Test
    void each_phase_follows_the_one_before() {
        assertThat(ALL.stream().filter(drill -> drill.follows().isPresent())).hasSize(6);
        for (int i = 1; i < 7; i++) {
            assertThat(ALL.get(i).follows()).contains(ALL.get(i - 1).id());
        }
    }

    /** Every drill can fail: something is expected of it, or users are promised something. */
    @Test
    void no_drill_is_without_a_claim() {
        assertThat(ALL).allSatisfy(drill -> assertThat(drill.steps().stream()
                                .mapToInt(step -> step.expectations().size())
                                .sum()
                        + drill.limits().size())
                .isPositive());
    }

    @Test
    void measured_alone_a_fault_lasts_as_long_for_everybody_and_nothing_is_expected() {
        Drill measured = ALL.getLast().measuredFor(Duration.ofSeconds(3));
        assertThat(measured.atLeast()).isEqualTo(Duration.ofSeconds(3));
        assertThat(measured.limits()).isEmpty();
        assertThat(measured.steps())
                .allSatisfy(step -> assertThat(step.expectations()).isEmpty());
    }

    @Test
    void only_what_no_client_can_do_on_aws_needs_a_local_cloud() {
        assertThat(ALL.stream().filter(Drill::needsCloudFaults).map(Drill::id))
                .containsExactly("dependency-slow", "dependency-throttled");
    }
}
