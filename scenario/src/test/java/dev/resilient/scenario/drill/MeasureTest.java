package dev.resilient.scenario.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resilient.scenario.drill.report.FiguresReport;
import dev.resilient.scenario.drill.report.SecondReport;
import dev.resilient.scenario.drill.report.TargetSpan;
import dev.resilient.scenario.drill.report.WindowReport;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** A drill of ten seconds: the fault from 2 s to 6 s, steady at 8 s, a user every 100 ms. All by hand. */
class MeasureTest {
    private static final long START = 1_000_000_000_000L;

    private final List<Visit> visits = new ArrayList<>();
    private final List<TargetSnapshot> looks = new ArrayList<>();

    @Test
    void a_request_belongs_to_the_second_and_the_window_in_which_it_was_due_however_long_it_took() {
        users(0, 10_000, AnswerKind.RECOMMENDATION, 5);
        visits.set(19, visit(1_900, AnswerKind.TIME_OUT, 3_000));

        WindowReport before = Measure.window(course(), at(0), at(2_000));
        assertThat(before.requests()).isEqualTo(20);
        assertThat(before.availability()).isEqualTo(0.95);
        assertThat(before.answers()).containsEntry("recommendation", 19L).containsEntry("time-out", 1L);
        assertThat(before.answers()).hasSize(AnswerKind.values().length);
        assertThat(before.latency().maxMillis()).isBetween(3_000.0, 3_003.0);
        assertThat(Measure.window(course(), at(2_000), at(6_000)).availability())
                .isEqualTo(1);

        List<SecondReport> seconds = Measure.seconds(course());
        assertThat(seconds).hasSize(10);
        assertThat(seconds.get(1).answers()).isEqualTo(Map.of("recommendation", 9L, "time-out", 1L));
        assertThat(seconds.get(1).instances()).isEqualTo(Map.of("i-1", 9L));
        assertThat(seconds.get(1).zones()).isEqualTo(Map.of("us-west-2a", 9L));
        assertThat(seconds.get(1).p50Millis()).isBetween(5.0, 5.01);
        assertThat(seconds.get(2).answers()).isEqualTo(Map.of("recommendation", 10L));
    }

    @Test
    void nobody_is_no_failure() {
        WindowReport window = Measure.window(course(), at(0), at(2_000));
        assertThat(window.availability()).isEqualTo(1);
        assertThat(window.latency().maxMillis()).isZero();
    }

    @Test
    void a_drill_that_nobody_noticed() {
        users(0, 10_000, AnswerKind.RECOMMENDATION, 5);
        look(0, healthy("i-1"), healthy("i-2"));

        FiguresReport figures = Measure.figures(course());

        assertThat(figures.requests()).isEqualTo(80);
        assertThat(figures.availability()).isEqualTo(1);
        assertThat(figures.errors()).isZero();
        assertThat(figures.errorsMillis()).isZero();
        assertThat(figures.recoverMillis()).isZero();
        assertThat(figures.detectMillis()).isNull();
        assertThat(figures.outOfRotationMillis()).isNull();
        assertThat(figures.steadyMillis()).isEqualTo(2_000);
        assertThat(figures.instancesTouched()).isEmpty();
    }

    @Test
    void what_users_felt_counts_from_the_fault_and_not_from_the_detection() {
        users(0, 2_500, AnswerKind.RECOMMENDATION, 5);
        users(2_500, 4_000, AnswerKind.BALANCER_ERROR, 1);
        users(4_000, 6_000, AnswerKind.STATIC, 1);
        users(6_000, 10_000, AnswerKind.RECOMMENDATION, 5);
        look(0, healthy("i-1"), healthy("i-2"));
        look(3_700, failing("i-1"), healthy("i-2"));
        look(7_200, healthy("i-1"), healthy("i-2"));

        FiguresReport figures = Measure.figures(course());

        assertThat(figures.errors()).isEqualTo(15);
        assertThat(figures.degraded()).isEqualTo(20);
        assertThat(figures.availability()).isEqualTo(65.0 / 80);
        assertThat(figures.errorsMillis()).isEqualTo(1_400);
        assertThat(figures.recoverMillis()).isEqualTo(1_900);
        assertThat(figures.detectMillis()).isEqualTo(1_700);
        assertThat(figures.outOfRotationMillis()).isEqualTo(3_500);
        assertThat(figures.instancesTouched()).containsExactly("i-1");
    }

    @Test
    void the_end_of_a_fault_is_its_last_seconds_and_nothing_after_it() {
        users(0, 7_000, AnswerKind.RECOMMENDATION, 5);
        users(7_000, 10_000, AnswerKind.TARGET_ERROR, 5);
        Course course = new Course(
                START,
                OptionalLong.of(at(1_000)),
                OptionalLong.of(at(9_000)),
                OptionalLong.empty(),
                at(10_000),
                visits,
                looks,
                Set.of("i-7", "i-1"));
        assertThat(Measure.figures(course).failedByTargetsInTheEnd()).isCloseTo(0.4, within(1e-9));
    }

    /** One that is replaced: the old one drains and goes, the new one takes its time; until as many are healthy as before. */
    @Test
    void a_replacement_is_out_of_rotation_until_the_new_one_is_in() {
        users(0, 10_000, AnswerKind.RECOMMENDATION, 5);
        look(0, healthy("i-1"), healthy("i-2"));
        look(2_300, state("i-1", TargetHealthStateEnum.DRAINING), healthy("i-2"));
        look(3_000, healthy("i-2"), state("i-3", TargetHealthStateEnum.INITIAL));
        look(5_000, healthy("i-2"), healthy("i-3"));

        FiguresReport figures = Measure.figures(course());

        assertThat(figures.detectMillis()).isEqualTo(300);
        assertThat(figures.outOfRotationMillis()).isEqualTo(2_700);
        assertThat(figures.instancesTouched()).containsExactly("i-1", "i-3");
        assertThat(figures.instancesReplaced()).containsExactly("i-1", "i-7");
    }

    @Test
    void a_target_that_flaps_is_out_until_it_stays() {
        look(0, healthy("i-1"));
        look(3_000, failing("i-1"));
        look(4_000, healthy("i-1"));
        look(5_000, failing("i-1"));
        look(7_000, healthy("i-1"));

        assertThat(Measure.figures(course()).detectMillis()).isEqualTo(1_000);
        assertThat(Measure.figures(course()).outOfRotationMillis()).isEqualTo(4_000);
    }

    @Test
    void states_are_spans_without_gaps_and_the_same_state_is_one_span() {
        users(0, 200, AnswerKind.RECOMMENDATION, 5);
        look(0, healthy("i-1"), healthy("i-2"));
        look(3_000, failing("i-1"), healthy("i-2"));
        look(4_000, healthy("i-1"), healthy("i-2"));

        assertThat(new TargetCourse(course()).spans())
                .containsExactly(
                        new TargetSpan("i-1", "us-west-2a", "healthy", null, 0, 3_000),
                        new TargetSpan("i-1", "us-west-2a", "unhealthy", "Target.Timeout", 3_000, 4_000),
                        new TargetSpan("i-1", "us-west-2a", "healthy", null, 4_000, 10_000),
                        new TargetSpan("i-2", null, "healthy", null, 0, 10_000));
    }

    private Course course() {
        return new Course(
                START,
                OptionalLong.of(at(2_000)),
                OptionalLong.of(at(6_000)),
                OptionalLong.of(at(8_000)),
                at(10_000),
                visits,
                looks,
                Set.of("i-7", "i-1"));
    }

    private void users(long fromMillis, long toMillis, AnswerKind kind, long latencyMillis) {
        for (long millis = fromMillis; millis < toMillis; millis += 100) {
            visits.add(visit(millis, kind, latencyMillis));
        }
    }

    private static Visit visit(long millis, AnswerKind kind, long latencyMillis) {
        boolean named = kind.isServed();
        return new Visit(
                at(millis),
                latencyMillis * 1_000_000,
                kind,
                OptionalInt.empty(),
                named ? Optional.of("i-1") : Optional.empty(),
                named ? Optional.of("us-west-2a") : Optional.empty(),
                "");
    }

    private void look(long millis, TargetSeen... targets) {
        looks.add(new TargetSnapshot(at(millis), Arrays.asList(targets)));
    }

    private static TargetSeen healthy(String id) {
        return state(id, TargetHealthStateEnum.HEALTHY);
    }

    private static TargetSeen failing(String id) {
        return new TargetSeen(
                id,
                80,
                TargetHealthStateEnum.UNHEALTHY,
                Optional.of(TargetHealthReasonEnum.TARGET_TIMEOUT),
                Optional.of("Request timed out"));
    }

    private static TargetSeen state(String id, TargetHealthStateEnum state) {
        return new TargetSeen(id, 80, state, Optional.empty(), Optional.empty());
    }

    private static long at(long millis) {
        return START + millis * 1_000_000;
    }
}
