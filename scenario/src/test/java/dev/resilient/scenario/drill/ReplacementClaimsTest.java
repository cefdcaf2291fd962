package dev.resilient.scenario.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import dev.resilient.scenario.phase.Verdict;
import dev.resilient.scenario.phase.Verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
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
                    answer < failed ? "target-5xx" : ""));
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
    void others_serve_once_the_subject_is_out_and_both_of_them_answer() {
        assertThat(others("healthy healthy healthy", 10, "i-1", "i-3")).isEqualTo(Outcome.NOT_YET);
        assertThat(others("healthy unhealthy healthy", 10, "i-1")).isEqualTo(Outcome.NOT_YET);
        assertThat(others("healthy unhealthy healthy", 3, "i-1", "i-3")).isEqualTo(Outcome.NOT_YET);
        assertThat(others("healthy unhealthy healthy", 10, "i-1", "i-2", "i-3")).isEqualTo(Outcome.NOT_YET);
        assertThat(others("healthy unhealthy healthy", 10, "i-1", "i-3")).isEqualTo(Outcome.HELD);
    }

    /** The verdict when each of these instances has given so many recommendations, one after the other. */
    private static Outcome others(String look, int rounds, String... instances) {
        List<Answer> answers = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (String instance : instances) {
                answers.add(answer(answers.size(), ResponseKind.RECOMMENDATION, instance));
            }
        }
        return ReplacementClaims.othersServe(new Observations(
                        Optional.of("i-2"), 0, answers, looks(look).snapshots()))
                .outcome();
    }

    @Test
    void all_that_were_replaced_are_counted_when_the_time_is_over() {
        Observations early = looks("healthy healthy", "healthy draining");
        assertThat(ReplacementClaims.someWereReplaced(early, WHILE).outcome()).isEqualTo(Outcome.NOT_YET);
        Observations over = looks("healthy healthy", "healthy draining", "draining -");
        assertThat(ReplacementClaims.someWereReplaced(over, WHILE))
                .isEqualTo(Verdict.held("2 of 3 were replaced: i-1, i-2"));
        Observations nobody = looks("healthy healthy", "unhealthy unhealthy", "unhealthy unhealthy");
        assertThat(ReplacementClaims.someWereReplaced(nobody, WHILE).outcome()).isEqualTo(Outcome.NOT_YET);
    }

    @Test
    void what_the_load_balancer_fails_while_an_instance_boots_is_nobodys_share() {
        var booting = new Observations(
                Optional.of("i-2"),
                0,
                Stream.generate(() -> new Answer(
                                1,
                                Duration.ofMillis(1),
                                false,
                                ResponseKind.ERROR,
                                OptionalInt.of(502),
                                Optional.empty(),
                                Optional.empty(),
                                "elb-5xx"))
                        .limit(100)
                        .toList(),
                List.of());
        assertThat(ReplacementClaims.swallowsMoreThanItsShare(booting).outcome())
                .isEqualTo(Outcome.NOT_YET);
    }

    @Test
    void one_is_left_out_when_its_check_has_failed_for_a_while() {
        TargetSeen failing = new TargetSeen(
                "i-2",
                80,
                TargetHealthStateEnum.UNHEALTHY,
                Optional.of(TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH),
                Optional.of("Health checks failed with these codes: [503]"));
        List<TargetSnapshot> snapshots =
                new ArrayList<>(looks("healthy healthy", "healthy unhealthy").snapshots());
        for (int second = 2; second < 5; second++) {
            assertThat(ReplacementClaims.isLeftOut(about(snapshots), WHILE).outcome())
                    .isEqualTo(Outcome.NOT_YET);
            snapshots.add(new TargetSnapshot(Duration.ofSeconds(second).toNanos(), List.of(failing)));
        }
        assertThat(ReplacementClaims.isLeftOut(about(snapshots), WHILE).outcome())
                .isEqualTo(Outcome.HELD);
    }

    private static Observations about(List<TargetSnapshot> snapshots) {
        return new Observations(Optional.of("i-2"), 0, List.of(), snapshots);
    }

    @Test
    void when_none_is_healthy_the_static_answer_goes_on() {
        assertThat(statics("unhealthy unhealthy", 12)).isEqualTo(Outcome.HELD);
        assertThat(statics("unhealthy unhealthy draining", 12)).isEqualTo(Outcome.HELD);
        assertThat(statics("unhealthy unhealthy", 11)).isEqualTo(Outcome.NOT_YET);
        assertThat(statics("unhealthy healthy", 12)).isEqualTo(Outcome.NOT_YET);
        assertThat(statics("-", 12)).isEqualTo(Outcome.NOT_YET);
    }

    private static Outcome statics(String look, int count) {
        List<Answer> answers = new ArrayList<>();
        for (int answer = 0; answer < count; answer++) {
            answers.add(answer(answer, ResponseKind.STATIC, "i-1"));
        }
        return ReplacementClaims.staticWhileNoneIsHealthy(new Observations(
                        Optional.empty(), 0, answers, looks(look).snapshots()))
                .outcome();
    }

    private static Answer answer(long nanos, ResponseKind kind, String instance) {
        return new Answer(
                nanos,
                Duration.ofMillis(1),
                false,
                kind,
                OptionalInt.of(200),
                Optional.of(instance),
                Optional.empty(),
                "");
    }

    @Test
    void an_alarm_is_raised_that_says_what_it_is_about() {
        var seen = new Observations(
                Optional.empty(), 0, List.of(), List.of(), List.of("the guard cannot look", "no guard since noon"));
        assertThat(ReplacementClaims.alarmIsRaised(seen, "no guard"))
                .isEqualTo(Verdict.held("alarm: no guard since noon"));
        assertThat(ReplacementClaims.alarmIsRaised(seen, "shared").outcome()).isEqualTo(Outcome.NOT_YET);
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
        assertThat(ReplacementClaims.swallowsLittle(answers(0, 1_000)).outcome())
                .isEqualTo(Outcome.NOT_YET);
        assertThat(ReplacementClaims.swallowsLittle(answers(1, 98)).outcome()).isEqualTo(Outcome.NOT_YET);
        assertThat(ReplacementClaims.swallowsLittle(answers(1_000, 100)).outcome())
                .isEqualTo(Outcome.HELD);
    }
}
