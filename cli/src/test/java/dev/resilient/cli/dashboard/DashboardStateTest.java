package dev.resilient.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilient.cli.dashboard.Connection.Kind;
import dev.resilient.cli.dashboard.DashboardState.Step;
import dev.resilient.cli.dashboard.Script.Outcome;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Act;
import dev.resilient.scenario.event.ScenarioEvent.ActBegan;
import dev.resilient.scenario.event.ScenarioEvent.ActEnded;
import dev.resilient.scenario.event.ScenarioEvent.ExpectationFailed;
import dev.resilient.scenario.event.ScenarioEvent.ExpectationHeld;
import dev.resilient.scenario.event.ScenarioEvent.Expected;
import dev.resilient.scenario.event.ScenarioEvent.Occasion;
import dev.resilient.scenario.event.ScenarioEvent.ParameterSet;
import dev.resilient.scenario.event.ScenarioEvent.PhaseBegan;
import dev.resilient.scenario.event.ScenarioEvent.PhaseEnded;
import dev.resilient.scenario.event.ScenarioEvent.RequestAnswered;
import dev.resilient.scenario.event.ScenarioEvent.StillWaiting;
import dev.resilient.scenario.event.ScenarioEvent.TargetsSeen;
import dev.resilient.scenario.observe.ResponseKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardStateTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final PhaseBegan PHASE = new PhaseBegan(
            "initial",
            1,
            7,
            "All is well",
            "Nothing fails.",
            List.of(new Expected("A", SOON), new Expected("B", SOON)));

    private final DashboardState initial = DashboardState.initial(Step.NONE);

    @Test
    void claims_turn_out_one_by_one() {
        DashboardState begun = after(initial, new ActBegan(Act.DEMONSTRATE), PHASE);
        assertThat(begun.script().phases().getLast().claims())
                .extracting(Script.Claim::outcome)
                .containsExactly(Outcome.OPEN, Outcome.OPEN);

        DashboardState decided =
                after(begun, new ExpectationFailed("B", "seen", SOON), new ExpectationHeld("A", "seen too", SOON));
        assertThat(decided.script().phases().getLast().claims())
                .extracting(Script.Claim::outcome)
                .containsExactly(Outcome.HELD, Outcome.FAILED);

        DashboardState ended = after(decided, new PhaseEnded("initial", false, SOON), PHASE);
        assertThat(ended.script().phases())
                .extracting(Script.Phase::outcome)
                .containsExactly(Outcome.FAILED, Outcome.OPEN);
    }

    @Test
    void it_is_told_that_no_guard_runs_any_more_and_that_one_does_again() {
        Instant until = Instant.parse("2026-11-27T10:00:00Z");
        var parts = Parts.of(List.of());
        DashboardState guarded = initial.seen(Parts.guarded(parts, until, until), 1);
        DashboardState alone = guarded.seen(Parts.guarded(parts, until, until.plusSeconds(1)), 2)
                .seen(Parts.guarded(parts, until, until.plusSeconds(2)), 3);
        assertThat(alone.told())
                .extracting(Told::text)
                .containsExactly("Alarm: no guard has had the lease since 2026-11-27T10:00:00Z,"
                        + " so that nobody is replaced; the last was guard-1.");
        DashboardState again = alone.seen(Parts.guarded(parts, until.plusSeconds(9), until.plusSeconds(3)), 4);
        assertThat(again.told()).hasSize(2);
        assertThat(again.told().getLast().text()).startsWith("A guard has the lease again");
    }

    @Test
    void a_claim_that_is_made_twice_is_decided_twice() {
        PhaseBegan twice =
                new PhaseBegan("x", 1, 7, "X", "", List.of(new Expected("A", SOON), new Expected("A", SOON)));

        DashboardState once = after(initial, twice, new ExpectationHeld("A", "first", SOON));
        assertThat(once.script().phases().getLast().claims())
                .extracting(Script.Claim::observed)
                .containsExactly("first", "");

        assertThat(after(once, new ExpectationHeld("A", "second", SOON))
                        .script()
                        .phases()
                        .getLast()
                        .claims())
                .extracting(Script.Claim::observed)
                .containsExactly("first", "second");
    }

    @Test
    void another_demonstration_begins_anew_and_the_end_of_one_can_still_be_seen() {
        DashboardState ended =
                after(initial, new ActBegan(Act.DEMONSTRATE), PHASE, new ActEnded(Act.DEMONSTRATE, SOON));
        assertThat(ended.script().phases()).hasSize(1);
        assertThat(ended.script().act()).isEmpty();
        assertThat(after(ended, new ActBegan(Act.DEMONSTRATE)).script().phases())
                .isEmpty();
        assertThat(after(ended, new ActBegan(Act.DESTROY)).script().phases()).hasSize(1);
    }

    @Test
    void what_is_waited_for_is_shown_until_something_happens() {
        DashboardState waiting = after(initial, new StillWaiting("it is there", SOON, SOON, "not yet"));
        assertThat(waiting.script().waiting()).isEqualTo("Waiting until it is there: not yet");
        assertThat(after(waiting, answered(Occasion.ROUTINE)).script().waiting())
                .isNotEmpty();
        assertThat(after(waiting, new ParameterSet("p", "v")).script().waiting())
                .isEmpty();
    }

    @Test
    void routine_answers_count_and_get_no_line() {
        DashboardState routine = after(initial, answered(Occasion.ROUTINE));
        assertThat(routine.told()).isEmpty();
        assertThat(routine.requests().seconds()).hasSize(1);
        assertThat(after(initial, answered(Occasion.ASKED_FOR)).told())
                .extracting(Told::text)
                .containsExactly("Answer 502.");
    }

    @Test
    void the_event_stream_keeps_the_latest_lines() {
        DashboardState state = initial;
        for (int line = 0; line < 1000; line++) {
            state = after(state, new ParameterSet("p", "v" + line));
        }
        assertThat(state.told()).hasSize(120);
        assertThat(state.told().getLast().text()).isEqualTo("Parameter p is now v999.");
    }

    @Test
    void changes_of_targets_and_instances_are_told_once() {
        var one = Parts.instance("i-1", "us-west-2a", "full");
        var two = Parts.instance("i-2", "us-west-2a", "full");
        DashboardState first = initial.seen(Parts.of(List.of(one), Parts.healthy("i-1")), 1);
        assertThat(first.told()).isEmpty();

        DashboardState next = first.seen(Parts.of(List.of(one, two), Parts.draining("i-1")), 2);
        assertThat(next.told())
                .extracting(Told::text)
                .containsExactly(
                        "Target i-1 is draining: Target deregistration is in progress"
                                + " (Target.DeregistrationInProgress).",
                        "Instance i-2 is launched in us-west-2a.");

        DashboardState heard = after(next, new TargetsSeen(List.of(Parts.draining("i-1")), Occasion.NEWS));
        assertThat(heard.told()).hasSize(2);
        assertThat(heard.seen(Parts.of(List.of(two), Parts.draining("i-1")), 3)
                        .told()
                        .getLast()
                        .text())
                .isEqualTo("Instance i-1 has left the group.");
    }

    @Test
    void what_was_there_and_does_not_answer_is_lost_until_it_is_seen_again() {
        DashboardState nothing = initial.unseen("No cloud.", 1);
        assertThat(nothing.sight().connection().kind()).isEqualTo(Kind.NOTHING);
        assertThat(nothing.seen(Parts.NOTHING, 2).sight().connection().since()).isEqualTo(1);

        DashboardState live = nothing.seen(Parts.of(List.of()), 3);
        assertThat(live.sight().connection().kind()).isEqualTo(Kind.LIVE);

        DashboardState lost = live.unseen("It does not answer.", 4).unseen("It still does not.", 5);
        assertThat(lost.sight().connection())
                .isEqualTo(new Connection(Kind.LOST, 4, "It still does not.", "resilient status"));
        assertThat(lost.sight().architecture()).isPresent();
        assertThat(lost.seen(Parts.of(List.of()), 6).sight().connection().kind())
                .isEqualTo(Kind.LIVE);
        assertThat(lost.seen(Parts.NOTHING, 6).sight().connection().command()).isEqualTo("resilient deploy");
    }

    private static RequestAnswered answered(Occasion occasion) {
        return new RequestAnswered(URI.create("http://127.31.0.4"), Parts.answer(ResponseKind.ERROR, "", 3), occasion);
    }

    private static DashboardState after(DashboardState state, ScenarioEvent... events) {
        DashboardState next = state;
        for (ScenarioEvent event : events) {
            next = next.after(event, 1_000);
        }
        return next;
    }
}
