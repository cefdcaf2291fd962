package dev.resilient.scenario.phase;

import static dev.resilient.scenario.phase.Seen.A;
import static dev.resilient.scenario.phase.Seen.B;
import static dev.resilient.scenario.phase.Seen.C;
import static dev.resilient.scenario.phase.Seen.D;
import static dev.resilient.scenario.phase.Seen.failing;
import static dev.resilient.scenario.phase.Seen.healthy;
import static dev.resilient.scenario.phase.Seen.seen;
import static dev.resilient.scenario.phase.Seen.threeHealthy;
import static dev.resilient.scenario.phase.Verdict.Outcome.BROKEN;
import static dev.resilient.scenario.phase.Verdict.Outcome.HELD;
import static dev.resilient.scenario.phase.Verdict.Outcome.NOT_YET;
import static dev.resilient.scenario.phase.Verdicts.assertOutcome;

import dev.resilient.scenario.observe.ResponseKind;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Claims about healthy targets, kinds of answers, and a failure that shallow checks do not notice: each seen to hold when it is
 * true and seen not to hold when it is not.
 */
class ClaimsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Nested
    class Three_healthy_targets {

        @Test
        void are_three_and_healthy() {
            assertOutcome(Claims.threeTargetsHealthy(threeHealthy().ofTheService()))
                    .isEqualTo(HELD);
        }

        @Test
        void are_not_two() {
            assertOutcome(Claims.threeTargetsHealthy(
                            seen().targets(healthy(A), healthy(B)).ofTheService()))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void are_not_three_and_one_that_is_unhealthy() {
            assertOutcome(Claims.threeTargetsHealthy(seen().targets(healthy(A), healthy(B), healthy(C), failing(D))
                            .ofTheService()))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void are_judged_by_the_latest_look() {
            assertOutcome(Claims.threeTargetsHealthy(threeHealthy()
                            .targets(healthy(A), healthy(B), failing(C))
                            .ofTheService()))
                    .isEqualTo(NOT_YET);
        }
    }

    @Nested
    class Answers_of_one_kind_from_all_three {

        @Test
        void may_follow_others() {
            assertOutcome(Claims.onlyFromAllThree(
                            seen().errors(9, 502).statics(4, A, B, C).ofTheService(), ResponseKind.STATIC))
                    .isEqualTo(HELD);
        }

        @Test
        void do_not_end_with_another() {
            assertOutcome(Claims.onlyFromAllThree(
                            seen().statics(20, A, B, C).errors(1, 502).ofTheService(), ResponseKind.STATIC))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void do_not_come_from_two() {
            assertOutcome(Claims.onlyFromAllThree(seen().statics(20, A, B).ofTheService(), ResponseKind.STATIC))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void are_not_just_a_few() {
            assertOutcome(Claims.onlyFromAllThree(seen().statics(3, A, B, C).ofTheService(), ResponseKind.STATIC))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void are_not_a_server_that_ignores_static() {
            assertOutcome(Claims.onlyFromAllThree(seen().errors(100, 502).ofTheService(), ResponseKind.STATIC))
                    .isEqualTo(NOT_YET);
        }
    }

    @Nested
    class Failures_that_shallow_checks_do_not_notice {

        @Test
        void are_502_only() {
            assertOutcome(Claims.onlyStatus(
                            seen().recommendations(2, A, B).errors(12, 502).ofTheService(), 502))
                    .isEqualTo(HELD);
            assertOutcome(Claims.onlyStatus(seen().errors(12, 503).ofTheService(), 502))
                    .isEqualTo(NOT_YET);
            assertOutcome(Claims.onlyStatus(
                            seen().errors(12, 502).recommendations(1, A).ofTheService(), 502))
                    .isEqualTo(NOT_YET);
            assertOutcome(Claims.onlyStatus(seen().errors(12, 502).noAnswer().ofTheService(), 502))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void leave_the_targets_healthy_for_long_enough() {
            Seen seen = threeHealthy().errors(12, 502);
            assertOutcome(Claims.healthyAllTheWhile(
                            seen.targets(healthy(A), healthy(B), healthy(C)).ofTheService(),
                            502,
                            SECOND.multipliedBy(5)))
                    .isEqualTo(NOT_YET);
            seen.later(SECOND.multipliedBy(5)).targets(healthy(A), healthy(B), healthy(C));
            assertOutcome(Claims.healthyAllTheWhile(seen.ofTheService(), 502, SECOND.multipliedBy(5)))
                    .isEqualTo(HELD);
        }

        @Test
        void are_noticed_by_checks_that_are_not_shallow() {
            assertOutcome(Claims.healthyAllTheWhile(
                            threeHealthy()
                                    .errors(12, 502)
                                    .targets(healthy(A), failing(B), healthy(C))
                                    .later(SECOND.multipliedBy(9))
                                    .targets(healthy(A), healthy(B), healthy(C))
                                    .ofTheService(),
                            502,
                            SECOND))
                    .isEqualTo(BROKEN);
        }
    }

    @Nested
    class Static_answers_from_the_restricted_instance_alone {

        @Test
        void are_mixed_with_recommendations_from_the_others() {
            assertOutcome(Claims.staticOnlyFromSubject(mixed(8).about(B))).isEqualTo(HELD);
        }

        @Test
        void do_not_count_before_the_restriction_works() {
            assertOutcome(Claims.staticOnlyFromSubject(
                            mixed(8).recommendations(1, B).about(B)))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void do_not_come_from_another() {
            assertOutcome(Claims.staticOnlyFromSubject(mixed(8).statics(1, A).about(B)))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void do_not_come_when_the_policy_denies_nothing() {
            assertOutcome(Claims.staticOnlyFromSubject(
                            seen().recommendations(50, A, B, C).about(B)))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void do_not_come_when_the_instance_is_gone() {
            assertOutcome(Claims.staticOnlyFromSubject(
                            seen().recommendations(50, A, C).about(B)))
                    .isEqualTo(NOT_YET);
        }

        private Seen mixed(int rounds) {
            Seen seen = seen();
            for (int i = 0; i < rounds; i++) {
                seen.recommendations(1, A).statics(1, B).recommendations(1, C);
            }
            return seen;
        }
    }
}
