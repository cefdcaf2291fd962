package dev.resilient.scenario.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.scenario.drill.report.DrillReport.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplacementFiguresTest {
    private static final long ON = 1_000;
    private static final long OFF = 9_000;
    private static final long END = 12_000;

    private static TargetSpan span(String id, String state, long from, long to) {
        return new TargetSpan(id, "a", state, null, from, to);
    }

    private static ReplacementFigures figures(@Nullable Long on, @Nullable Long off, TargetSpan... targets) {
        return figures("one-bad", on, off, targets);
    }

    private static ReplacementFigures figures(String id, @Nullable Long on, @Nullable Long off, TargetSpan... targets) {
        var nobody = new WindowReport(0, 0, 0, 1, Map.of(), new LatencyReport(0, 0, 0, 0, 0));
        return ReplacementFigures.of(new DrillReport(
                id,
                "",
                "",
                "",
                Result.HELD,
                null,
                END,
                on,
                off,
                List.of(),
                new FiguresReport(0, 1, 0, 0, 0, 0, null, null, 0, 0, null, List.of(), List.of("i-2"), 0.7),
                nobody,
                nobody,
                nobody,
                List.of(),
                List.of(targets),
                List.of(),
                new LoadReport(0, 0, 0, 0, 0, 0, false)));
    }

    @Test
    void who_was_replaced_is_what_the_group_says_whenever_it_leaves() {
        assertThat(figures(ON, OFF, span("i-2", "draining", OFF + 1_000, END)).replaced())
                .containsExactly("i-2");
    }

    @Test
    void where_nobody_comes_the_strength_is_not_back() {
        ReplacementFigures figures = figures(
                ON,
                OFF,
                span("i-1", "healthy", 0, END),
                span("i-2", "healthy", 0, 3_000),
                span("i-2", "unhealthy", 3_000, 9_300),
                span("i-2", "draining", 9_300, 11_000),
                span("i-3", "healthy", 10_000, END));
        assertThat(figures.strengthMillis()).isNull();
    }

    @Test
    void the_strength_is_back_with_a_successor() {
        ReplacementFigures figures = figures(
                ON,
                OFF,
                span("i-1", "healthy", 0, END),
                span("i-2", "healthy", 0, 3_000),
                span("i-2", "unhealthy", 3_000, 5_000),
                span("i-2", "draining", 5_000, 7_000),
                span("i-3", "initial", 5_100, 6_500),
                span("i-3", "healthy", 6_500, END));
        assertThat(figures.strengthMillis()).isEqualTo(5_500);
    }

    @Test
    void what_is_seen_in_the_very_look_that_ends_the_fault_counts() {
        ReplacementFigures figures = figures(
                ON,
                OFF,
                span("i-1", "healthy", 0, END),
                span("i-2", "healthy", 0, 3_000),
                span("i-2", "unhealthy", 3_000, OFF),
                span("i-3", "healthy", OFF, END));
        assertThat(figures.strengthMillis()).isEqualTo(OFF - ON);
    }

    @Test
    void a_fleet_that_is_never_weaker_is_at_full_strength_at_once() {
        ReplacementFigures figures = figures(ON, OFF, span("i-1", "healthy", 0, END), span("i-2", "healthy", 0, END));
        assertThat(figures.strengthMillis()).isZero();
    }

    @Test
    void what_is_swallowed_is_a_figure_of_black_holes_alone() {
        assertThat(figures(ON, OFF).swallowed()).isNull();
        assertThat(figures("black-hole", ON, OFF).swallowed()).isEqualTo(0.7);
        assertThat(figures("black-hole-cured", ON, OFF).swallowed()).isEqualTo(0.7);
    }

    @Test
    void without_a_fault_there_is_nothing_to_measure() {
        assertThat(figures(null, null, span("i-1", "draining", 0, END)).replaced())
                .isEmpty();
    }
}
