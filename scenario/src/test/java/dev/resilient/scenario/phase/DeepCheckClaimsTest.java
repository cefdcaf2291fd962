package dev.resilient.scenario.phase;

import static dev.resilient.scenario.phase.Seen.A;
import static dev.resilient.scenario.phase.Seen.B;
import static dev.resilient.scenario.phase.Seen.C;
import static dev.resilient.scenario.phase.Seen.D;
import static dev.resilient.scenario.phase.Seen.draining;
import static dev.resilient.scenario.phase.Seen.failing;
import static dev.resilient.scenario.phase.Seen.healthy;
import static dev.resilient.scenario.phase.Seen.seen;
import static dev.resilient.scenario.phase.Seen.threeHealthy;
import static dev.resilient.scenario.phase.Seen.unhealthy;
import static dev.resilient.scenario.phase.Verdict.Outcome.BROKEN;
import static dev.resilient.scenario.phase.Verdict.Outcome.HELD;
import static dev.resilient.scenario.phase.Verdict.Outcome.NOT_YET;
import static dev.resilient.scenario.phase.Verdicts.assertOutcome;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/**
 * Claims about what deep checks find, the replacement that they bring about, and failing open: each seen to hold when it is
 * true and seen not to hold when it is not.
 */
class DeepCheckClaimsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

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
}
