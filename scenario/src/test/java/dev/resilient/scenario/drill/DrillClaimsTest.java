package dev.resilient.scenario.drill;

import static dev.resilient.scenario.phase.Verdict.Outcome.BROKEN;
import static dev.resilient.scenario.phase.Verdict.Outcome.HELD;
import static dev.resilient.scenario.phase.Verdict.Outcome.NOT_YET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class DrillClaimsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final TargetHealthReasonEnum TIMEOUT = TargetHealthReasonEnum.TARGET_TIMEOUT;
    private static final TargetHealthReasonEnum FAILED = TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS;

    private final List<Answer> answers = new ArrayList<>();
    private final List<TargetSnapshot> looks = new ArrayList<>();

    @Test
    void the_struck_target_must_fail_for_the_right_reason() {
        look(0, healthy("i-1"), healthy("i-2"), healthy("i-3"));
        assertThat(DrillClaims.subjectFails(seen(), TIMEOUT).outcome()).isEqualTo(NOT_YET);
        look(1, failing("i-1", FAILED), failing("i-2", TIMEOUT), healthy("i-3"));
        assertThat(DrillClaims.subjectFails(seen(), TIMEOUT).outcome()).isEqualTo(NOT_YET);
        look(2, failing("i-1", TIMEOUT), healthy("i-2"), healthy("i-3"));
        assertThat(DrillClaims.subjectFails(seen(), TIMEOUT).outcome()).isEqualTo(HELD);
    }

    @Test
    void a_killed_server_is_out_of_rotation_or_back() {
        look(0, healthy("i-1"), healthy("i-2"), healthy("i-3"));
        answer(0, ResponseKind.RECOMMENDATION, "i-1");
        assertThat(DrillClaims.subjectFailsOrIsBack(seen()).outcome()).isEqualTo(NOT_YET);
        answer(1, ResponseKind.ERROR, "");
        assertThat(DrillClaims.subjectFailsOrIsBack(seen()).outcome()).isEqualTo(NOT_YET);
        answer(2, ResponseKind.RECOMMENDATION, "i-1");
        assertThat(DrillClaims.subjectFailsOrIsBack(seen()).outcome()).isEqualTo(HELD);
        answers.removeLast();
        look(3, failing("i-1", FAILED), healthy("i-2"), healthy("i-3"));
        assertThat(DrillClaims.subjectFailsOrIsBack(seen()).outcome()).isEqualTo(HELD);
    }

    @Test
    void recommendations_must_last() {
        for (int i = 0; i < 12; i++) {
            answer(i * 100L, ResponseKind.RECOMMENDATION, "i-2");
        }
        assertThat(DrillClaims.recommendationsFor(seen(), SECOND).outcome()).isEqualTo(HELD);
        assertThat(DrillClaims.recommendationsFor(seen(), SECOND.multipliedBy(2))
                        .outcome())
                .isEqualTo(NOT_YET);
        answer(1_200, ResponseKind.STATIC, "i-1");
        assertThat(DrillClaims.recommendationsFor(seen(), SECOND).outcome()).isEqualTo(NOT_YET);
    }

    @Test
    void one_look_that_finds_a_target_unhealthy_is_enough() {
        look(0, healthy("i-1"), healthy("i-2"), healthy("i-3"));
        assertThat(DrillClaims.healthyFor(seen(), SECOND).outcome()).isEqualTo(NOT_YET);
        look(1_000, healthy("i-1"), healthy("i-2"), healthy("i-3"));
        assertThat(DrillClaims.healthyFor(seen(), SECOND).outcome()).isEqualTo(HELD);
        look(1_100, healthy("i-1"), healthy("i-2"));
        assertThat(DrillClaims.healthyFor(seen(), SECOND).outcome()).isEqualTo(BROKEN);
    }

    @Test
    void a_bad_version_may_take_one_place_and_not_two() {
        look(0, healthy("i-1"), healthy("i-2"), healthy("i-3"));
        look(100, failing("i-4", FAILED), healthy("i-2"), healthy("i-3"));
        assertThat(DrillClaims.badOneIsHeldBack(seen(), SECOND).outcome()).isEqualTo(NOT_YET);
        look(1_100, failing("i-4", FAILED), healthy("i-2"), healthy("i-3"));
        assertThat(DrillClaims.badOneIsHeldBack(seen(), SECOND).outcome()).isEqualTo(HELD);
        look(1_200, failing("i-4", FAILED), failing("i-5", FAILED), healthy("i-3"));
        assertThat(DrillClaims.badOneIsHeldBack(seen(), SECOND).outcome()).isEqualTo(BROKEN);
    }

    private Observations seen() {
        return new Observations(Optional.of("i-1"), 0, answers, looks);
    }

    private void answer(long millis, ResponseKind kind, String instance) {
        answers.add(new Answer(
                millis * 1_000_000,
                Duration.ofMillis(5),
                false,
                kind,
                OptionalInt.empty(),
                Optional.of(instance).filter(id -> !id.isEmpty()),
                Optional.empty(),
                ""));
    }

    private void look(long millis, TargetSeen... targets) {
        looks.add(new TargetSnapshot(millis * 1_000_000, Arrays.asList(targets)));
    }

    private static TargetSeen healthy(String id) {
        return new TargetSeen(id, 80, TargetHealthStateEnum.HEALTHY, Optional.empty(), Optional.empty());
    }

    private static TargetSeen failing(String id, TargetHealthReasonEnum reason) {
        return new TargetSeen(id, 80, TargetHealthStateEnum.UNHEALTHY, Optional.of(reason), Optional.empty());
    }
}
