package dev.resilient.scenario.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import dev.resilient.scenario.phase.Verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class ReplacementClaimsTest {
    private static final Duration WHILE = Duration.ofSeconds(2);

    /** Looks a second apart, each a state for i-1, i-2 and so on; - where there is none. */
    private static Observations looks(String... looks) {
        List<TargetSnapshot> snapshots = new ArrayList<>();
        for (int second = 0; second < looks.length; second++) {
            List<TargetSeen> targets = new ArrayList<>();
            String[] states = looks[second].split(" ");
            for (int target = 0; target < states.length; target++) {
                if (!states[target].equals("-")) {
                    targets.add(new TargetSeen(
                            "i-" + (target + 1),
                            80,
                            TargetHealthStateEnum.fromValue(states[target]),
                            Optional.empty(),
                            Optional.empty()));
                }
            }
            snapshots.add(new TargetSnapshot(Duration.ofSeconds(second).toNanos(), targets));
        }
        return new Observations(Optional.of("i-2"), 0, List.of(), snapshots);
    }

    private static Observations answers(int failed, int served) {
        List<Answer> answers = new ArrayList<>();
        for (int answer = 0; answer < failed + served; answer++) {
            answers.add(new Answer(
                    answer,
                    Duration.ofMillis(1),
                    false,
                    answer < failed ? ResponseKind.ERROR : ResponseKind.RECOMMENDATION,
                    OptionalInt.of(answer < failed ? 502 : 200),
                    Optional.empty(),
                    Optional.empty(),
                    ""));
        }
        return new Observations(Optional.of("i-2"), 0, answers, List.of());
    }

    @Test
    void one_that_is_out_for_a_while_and_still_there_stays_broken() {
        assertThat(ReplacementClaims.staysBroken(looks("healthy healthy", "healthy unhealthy"), WHILE)
                        .outcome())
                .isEqualTo(Outcome.NOT_YET);
        assertThat(ReplacementClaims.staysBroken(
                                looks("healthy healthy", "healthy unhealthy", "healthy unhealthy", "healthy unhealthy"),
                                WHILE)
                        .outcome())
                .isEqualTo(Outcome.HELD);
        assertThat(ReplacementClaims.staysBroken(
                                looks("healthy healthy", "healthy unhealthy", "healthy draining"), WHILE)
                        .outcome())
                .isEqualTo(Outcome.BROKEN);
    }

    @Test
    void nobody_is_replaced_as_long_as_all_stay() {
        assertThat(ReplacementClaims.nobodyIsReplaced(looks("healthy healthy", "unhealthy unhealthy"), WHILE)
                        .outcome())
                .isEqualTo(Outcome.NOT_YET);
        assertThat(ReplacementClaims.nobodyIsReplaced(
                                looks("healthy healthy", "unhealthy unhealthy", "unhealthy healthy"), WHILE)
                        .outcome())
                .isEqualTo(Outcome.HELD);
        for (String gone : List.of("healthy -", "healthy draining")) {
            assertThat(ReplacementClaims.nobodyIsReplaced(
                                    looks("healthy healthy", gone, "healthy healthy", "healthy healthy"), WHILE)
                            .outcome())
                    .isEqualTo(Outcome.BROKEN);
            assertThat(ReplacementClaims.someAreReplaced(looks("healthy healthy", gone))
                            .outcome())
                    .isEqualTo(Outcome.HELD);
        }
        assertThat(ReplacementClaims.someAreReplaced(looks("healthy healthy", "unhealthy unhealthy"))
                        .outcome())
                .isEqualTo(Outcome.NOT_YET);
    }

    @Test
    void it_flaps_when_it_is_out_twice() {
        String[] once = {"healthy healthy", "healthy unhealthy", "healthy unhealthy", "healthy healthy"};
        assertThat(ReplacementClaims.flaps(looks(once)).outcome()).isEqualTo(Outcome.NOT_YET);
        String[] twice = Arrays.copyOf(once, once.length + 1);
        twice[once.length] = "healthy unhealthy";
        assertThat(ReplacementClaims.flaps(looks(twice)).outcome()).isEqualTo(Outcome.HELD);
    }

    @Test
    void shares_are_of_the_latest_hundred() {
        assertThat(ReplacementClaims.swallowsMoreThanItsShare(answers(51, 49)).outcome())
                .isEqualTo(Outcome.HELD);
        assertThat(ReplacementClaims.swallowsMoreThanItsShare(answers(50, 50)).outcome())
                .isEqualTo(Outcome.NOT_YET);
        assertThat(ReplacementClaims.swallowsMoreThanItsShare(answers(99, 0)).outcome())
                .isEqualTo(Outcome.NOT_YET);
        assertThat(ReplacementClaims.swallowsLittle(answers(16, 84)).outcome()).isEqualTo(Outcome.HELD);
        assertThat(ReplacementClaims.swallowsLittle(answers(17, 83)).outcome()).isEqualTo(Outcome.NOT_YET);
        assertThat(ReplacementClaims.swallowsLittle(answers(1_000, 100)).outcome())
                .isEqualTo(Outcome.HELD);
    }
}
