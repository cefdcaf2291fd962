package dev.resilient.cli.dashboard;

import dev.resilient.cli.dashboard.Told.Tone;
import dev.resilient.scenario.Architecture;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.TargetSeen;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the page shows: a fold of what the scenario tells and of what was observed. Immutable; times are milliseconds since 1970.
 *
 * @param sight the parts of the deployment
 * @param script the phases
 * @param step what waits for somebody to say "go on"
 * @param requests the latest answers
 * @param told the latest lines of the event stream, oldest first
 */
record DashboardState(Sight sight, Script script, Step step, Requests requests, List<Told> told) {
    private static final int LINES = 120;

    /** What "go on" would do. */
    enum Step {
        /** Nothing. */
        NONE,
        /** Play the demonstration from its beginning. */
        PLAY,
        /** Let the phase happen that has been announced. */
        BEFORE,
        /** Leave the phase that was played. */
        AFTER
    }

    DashboardState {
        told = List.copyOf(told);
    }

    /** Before anything was heard or seen. */
    static DashboardState initial(Step step) {
        return new DashboardState(Sight.NONE, Script.EMPTY, step, Requests.NONE, List.of());
    }

    /** What an event makes of it. */
    DashboardState after(ScenarioEvent event, long at) {
        DashboardState heard = new DashboardState(sight, script.after(event), step, requests, told);
        DashboardState next = Telling.of(event, at).map(heard::told).orElse(heard);
        return switch (event) {
            case ScenarioEvent.RequestAnswered(var _, var answer, var _) -> next.answered(answer, at);
            case ScenarioEvent.UsersServed(var answers, var p99) -> next.with(requests.with(answers, p99, at));
            case ScenarioEvent.TargetsSeen(var targets, var _) -> next.seen(targets, at);
            default -> next;
        };
    }

    /** One more answer. */
    DashboardState answered(Answer answer, long at) {
        return with(requests.with(answer, at));
    }

    /** The parts as they were observed. */
    DashboardState seen(Architecture now, long at) {
        DashboardState next = new DashboardState(sight.seen(now, at), script, step, requests, told);
        for (String line : sight.changesTo(now)) {
            next = next.told(new Told(at, Tone.NOTABLE, line));
        }
        return next;
    }

    /** Nothing answers, or there is no cloud. */
    DashboardState unseen(String why, long at) {
        return new DashboardState(sight.unseen(why, at), script, step, requests, told);
    }

    /** One more line. */
    DashboardState told(Told line) {
        List<Told> lines = new ArrayList<>(told);
        lines.add(line);
        return new DashboardState(
                sight, script, step, requests, lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /** Another step waits. */
    DashboardState at(Step next) {
        return new DashboardState(sight, script, next, requests, told);
    }

    /** The scenario does nothing any more, also if it did not say so. */
    DashboardState idle() {
        return new DashboardState(sight, script.idle(), step, requests, told);
    }

    private DashboardState with(Requests next) {
        return new DashboardState(sight, script, step, next, told);
    }

    private DashboardState seen(List<TargetSeen> targets, long at) {
        return sight.architecture().map(parts -> seen(parts.with(targets), at)).orElse(this);
    }
}
