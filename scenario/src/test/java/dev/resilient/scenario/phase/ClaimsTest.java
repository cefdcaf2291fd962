package dev.resilient.scenario.phase;

import static dev.resilient.scenario.phase.Seen.A;
import static dev.resilient.scenario.phase.Seen.B;
import static dev.resilient.scenario.phase.Seen.C;
import static dev.resilient.scenario.phase.Seen.D;
import static dev.resilient.scenario.phase.Seen.draining;
import static dev.resilient.scenario.phase.Seen.failing;
import static dev.resilient.scenario.phase.Seen.healthy;
import static dev.resilient.scenario.phase.Seen.unhealthy;
import static dev.resilient.scenario.phase.Verdict.Outcome.BROKEN;
import static dev.resilient.scenario.phase.Verdict.Outcome.HELD;
import static dev.resilient.scenario.phase.Verdict.Outcome.NOT_YET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.phase.Verdict.Outcome;
import java.time.Duration;
import org.assertj.core.api.AbstractComparableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/** Each claim, seen to hold when it is true and seen not to hold when it is not. */
class ClaimsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static AbstractComparableAssert<?, Outcome> assertOutcome(Verdict verdict) {
        assertThat(verdict.observed()).isNotBlank();
        return assertThat(verdict.outcome());
    }

    private static Seen seen() {
        return new Seen();
    }

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

    @Nested
    class Deep_checks {

        @Test
        void find_the_restricted_instance_and_only_it() {
            assertOutcome(Claims.onlySubjectFailsWith503(found(threeHealthy()).about(B)))
                    .isEqualTo(HELD);
        }

        @Test
        void have_not_found_it_while_all_are_healthy() {
            assertOutcome(Claims.onlySubjectFailsWith503(threeHealthy().about(B)))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void must_not_find_another_not_even_for_a_moment() {
            assertOutcome(Claims.onlySubjectFailsWith503(found(seen().targets(failing(A), healthy(B), healthy(C)))
                            .about(B)))
                    .isEqualTo(BROKEN);
        }

        @Test
        void find_it_for_the_exact_reason() {
            assertOutcome(Claims.onlySubjectFailsWith503(seen().targets(
                                    healthy(A),
                                    unhealthy(B, TargetHealthReasonEnum.TARGET_TIMEOUT, "Request timed out"),
                                    healthy(C))
                            .about(B)))
                    .isEqualTo(NOT_YET);
            assertOutcome(Claims.onlySubjectFailsWith503(seen().targets(
                                    healthy(A),
                                    unhealthy(
                                            B,
                                            TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH,
                                            "Health checks failed with these codes: [500]"),
                                    healthy(C))
                            .about(B)))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void leave_only_recommendations_from_the_two_others() {
            assertOutcome(Claims.onlyRecommendationsFromOthers(
                            found(threeHealthy()).recommendations(10, A, C).about(B), SECOND))
                    .isEqualTo(HELD);
        }

        @Test
        void do_not_help_if_the_unhealthy_target_is_still_used() {
            assertOutcome(Claims.onlyRecommendationsFromOthers(
                            found(threeHealthy())
                                    .recommendations(10, A, C)
                                    .statics(1, B)
                                    .about(B),
                            SECOND))
                    .isEqualTo(NOT_YET);
            assertOutcome(Claims.onlyRecommendationsFromOthers(
                            found(threeHealthy()).recommendations(10, A, B, C).about(B), SECOND))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void are_not_credited_with_what_was_before_their_verdict() {
            assertOutcome(Claims.onlyRecommendationsFromOthers(
                            found(threeHealthy().recommendations(20, A, C)).about(B), SECOND))
                    .isEqualTo(NOT_YET);
            assertOutcome(Claims.onlyRecommendationsFromOthers(
                            threeHealthy().recommendations(20, A, C).about(B), SECOND))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void are_given_some_time() {
            assertOutcome(Claims.onlyRecommendationsFromOthers(
                            found(threeHealthy()).recommendations(10, A, C).about(B), SECOND.multipliedBy(10)))
                    .isEqualTo(NOT_YET);
        }

        private Seen found(Seen before) {
            return before.targets(healthy(A), failing(B), healthy(C));
        }
    }

    @Nested
    class A_replacement {

        @Test
        void is_seen_draining() {
            assertOutcome(Claims.subjectDrains(duringReplacement().about(B))).isEqualTo(HELD);
            assertOutcome(Claims.subjectDrains(duringReplacement()
                            .targets(healthy(A), healthy(C), healthy(D))
                            .about(B)))
                    .isEqualTo(HELD);
        }

        @Test
        void is_not_seen_draining_if_the_target_just_vanishes() {
            assertOutcome(Claims.subjectDrains(
                            seen().targets(healthy(A), healthy(C)).about(B)))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void is_complete_when_three_others_are_healthy_and_answer() {
            Seen seen = duringReplacement().targets(healthy(A), healthy(C), healthy(D));
            assertOutcome(Claims.subjectIsReplaced(
                            seen.recommendations(10, A, C).about(B)))
                    .isEqualTo(NOT_YET);
            assertOutcome(Claims.subjectIsReplaced(
                            seen.recommendations(4, A, C, D).about(B)))
                    .isEqualTo(HELD);
        }

        @Test
        void is_complete_while_the_old_target_still_drains() {
            assertOutcome(Claims.subjectIsReplaced(duringReplacement()
                            .recommendations(5, A, C, D)
                            .targets(healthy(A), draining(B), healthy(C), healthy(D))
                            .about(B)))
                    .isEqualTo(HELD);
        }

        @Test
        void is_not_complete_when_the_old_target_is_one_of_three() {
            assertOutcome(Claims.subjectIsReplaced(
                            threeHealthy().recommendations(10, A, B, C).about(B)))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void fails_not_one_request() {
            Seen seen = replaced();
            assertOutcome(Claims.onlyRecommendationsUntilReplaced(seen.about(B)))
                    .isEqualTo(HELD);
            assertOutcome(Claims.onlyRecommendationsUntilReplaced(
                            duringReplacement().recommendations(9, A, C).about(B)))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void is_broken_by_one_error_among_hundreds() {
            assertOutcome(Claims.onlyRecommendationsUntilReplaced(duringReplacement()
                            .recommendations(100, A, C)
                            .errors(1, 504)
                            .recommendations(100, A, C, D)
                            .targets(healthy(A), healthy(C), healthy(D))
                            .about(B)))
                    .isEqualTo(BROKEN);
        }

        @Test
        void is_broken_by_one_request_without_an_answer() {
            assertOutcome(Claims.onlyRecommendationsUntilReplaced(
                            replaced().noAnswer().about(B)))
                    .isEqualTo(BROKEN);
        }

        @Test
        void is_broken_by_one_static_answer() {
            assertOutcome(Claims.onlyRecommendationsUntilReplaced(
                            replaced().statics(1, B).about(B)))
                    .isEqualTo(BROKEN);
        }

        private Seen duringReplacement() {
            return seen().targets(healthy(A), draining(B), healthy(C));
        }

        private Seen replaced() {
            return duringReplacement()
                    .recommendations(20, A, C)
                    .recommendations(5, A, C, D)
                    .targets(healthy(A), healthy(C), healthy(D));
        }
    }

    @Nested
    class Failing_open {

        @Test
        void begins_when_all_three_are_unhealthy() {
            assertOutcome(Claims.allFailWith503(allFailing(threeHealthy()).ofTheService()))
                    .isEqualTo(HELD);
            assertOutcome(Claims.allFailWith503(
                            seen().targets(failing(A), failing(B), healthy(C)).ofTheService()))
                    .isEqualTo(NOT_YET);
            assertOutcome(Claims.allFailWith503(
                            seen().targets(failing(A), failing(B)).ofTheService()))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void goes_on_with_static_answers_from_all_three() {
            assertOutcome(Claims.staticFromAllWhileAllFail(allFailing(
                                    threeHealthy().recommendations(2, A, B, C).statics(2, A, B, C))
                            .statics(4, A, B, C)
                            .ofTheService()))
                    .isEqualTo(HELD);
        }

        @Test
        void is_not_seen_before_all_three_are_unhealthy() {
            assertOutcome(Claims.staticFromAllWhileAllFail(
                            threeHealthy().statics(20, A, B, C).ofTheService()))
                    .isEqualTo(NOT_YET);
        }

        @Test
        void is_broken_by_a_balancer_that_answers_503_itself() {
            assertOutcome(Claims.staticFromAllWhileAllFail(
                            allFailing(threeHealthy()).errors(1, 503).ofTheService()))
                    .isEqualTo(BROKEN);
        }

        @Test
        void is_broken_by_one_error_on_the_way() {
            assertOutcome(Claims.staticFromAllWhileAllFail(
                            allFailing(threeHealthy().errors(1, 502).statics(2, A, B, C))
                                    .statics(20, A, B, C)
                                    .ofTheService()))
                    .isEqualTo(BROKEN);
        }

        @Test
        void is_broken_by_recommendations_that_cannot_be() {
            assertOutcome(Claims.staticFromAllWhileAllFail(allFailing(threeHealthy())
                            .recommendations(5, A, B, C)
                            .ofTheService()))
                    .isEqualTo(BROKEN);
        }

        @Test
        void is_not_complete_with_one_instance() {
            assertOutcome(Claims.staticFromAllWhileAllFail(
                            allFailing(threeHealthy()).statics(30, A).ofTheService()))
                    .isEqualTo(NOT_YET);
        }

        private Seen allFailing(Seen before) {
            return before.targets(failing(A), failing(B), failing(C));
        }
    }

    private static Seen threeHealthy() {
        return seen().targets(healthy(A), healthy(B), healthy(C));
    }
}
