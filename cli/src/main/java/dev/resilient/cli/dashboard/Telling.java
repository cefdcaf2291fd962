package dev.resilient.cli.dashboard;

import dev.resilient.cli.dashboard.Told.Tone;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Occasion;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.ResponseKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Which events get a line in the event stream, and in which words. */
final class Telling {
    private Telling() {}

    /** The line of an event; empty if it shows elsewhere on the page, as requests and targets do. */
    static Optional<Told> of(ScenarioEvent event, long at) {
        return switch (event) {
            case ScenarioEvent.ActBegan(var act) -> told(at, Tone.HEADING, title(act));
            case ScenarioEvent.ActEnded(var act, var took) ->
                told(at, Tone.GOOD, title(act) + " took " + seconds(took) + ".");
            case ScenarioEvent.ResourceCreated(var kind, var name, var took) ->
                told(at, Tone.PLAIN, kind + " " + name + " was made in " + seconds(took) + ".");
            case ScenarioEvent.ResourceFound(var kind, var name, var _) ->
                told(at, Tone.PLAIN, kind + " " + name + " was there.");
            case ScenarioEvent.ResourceDeleted(var kind, var name, var _) ->
                told(at, Tone.PLAIN, kind + " " + name + " was removed.");
            case ScenarioEvent.DeletionFailed(var kind, var name, var reason) ->
                told(at, Tone.BAD, kind + " " + name + " could not be removed: " + reason);
            case ScenarioEvent.LeftoverFound(var what) -> told(at, Tone.BAD, "Left over: " + what);
            case ScenarioEvent.EndpointReady(var endpoint) ->
                told(at, Tone.GOOD, "The service is ready at " + endpoint + ".");
            case ScenarioEvent.ParameterSet(var name, var value) ->
                told(at, Tone.NOTABLE, "Parameter " + name + " is now " + value + ".");
            case ScenarioEvent.InstanceChanged(var id, var change) ->
                told(at, Tone.NOTABLE, "Instance " + id + " " + change + ".");
            case ScenarioEvent.ServiceChanged(var change) -> told(at, Tone.NOTABLE, change + ".");
            case ScenarioEvent.DrillBegan drill -> told(at, Tone.HEADING, drill.title());
            case ScenarioEvent.DrillSkipped(var _, var title, var reason) ->
                told(at, Tone.NOTABLE, title + " is skipped: " + reason);
            case ScenarioEvent.FaultBegan(var text) -> told(at, Tone.BAD, "Fault: " + text + ".");
            case ScenarioEvent.FaultUndone(var text) -> told(at, Tone.GOOD, "Undone: " + text + ".");
            case ScenarioEvent.DrillEnded(var _, var held, var _, var result) ->
                told(at, held ? Tone.GOOD : Tone.BAD, result);
            case ScenarioEvent.PhaseBegan phase -> told(at, Tone.HEADING, phase.title());
            case ScenarioEvent.PhaseEnded(var _, var held, var took) ->
                told(
                        at,
                        held ? Tone.GOOD : Tone.BAD,
                        "The phase " + (held ? "held" : "did not hold") + ", after " + seconds(took) + ".");
            case ScenarioEvent.RequestAnswered(var _, var answer, var occasion) ->
                occasion == Occasion.ROUTINE ? Optional.empty() : told(at, tone(answer), answered(answer));
            case ScenarioEvent.ExpectationHeld(var text, var _, var _) -> told(at, Tone.GOOD, text + ".");
            case ScenarioEvent.ExpectationFailed(var text, var observed, var _) ->
                told(at, Tone.BAD, "Not true: " + text + ": " + observed + ".");
            case ScenarioEvent.DeploymentUnfinished() ->
                told(at, Tone.BAD, "Deploying has stopped; what was made stays until it is destroyed.");
            case ScenarioEvent.FailedMidway(var reason) ->
                told(at, Tone.BAD, "Stopped: " + reason + " What was made is now destroyed.");
            case ScenarioEvent.TargetsSeen _, ScenarioEvent.StillWaiting _, ScenarioEvent.UsersServed _ ->
                Optional.empty();
        };
    }

    static String title(ScenarioEvent.Act act) {
        return switch (act) {
            case DEPLOY -> "Deploying";
            case DEMONSTRATE -> "Demonstrating";
            case DRILL -> "Drilling";
            case DESTROY -> "Destroying";
        };
    }

    private static String answered(Answer answer) {
        String status =
                answer.status().isPresent() ? "Answer " + answer.status().getAsInt() : "No answer";
        String what = answer.is(ResponseKind.ERROR)
                ? (answer.status().isPresent() ? "" : ": " + answer.text())
                : ": " + answer.kind();
        return status + what
                + answer.instanceId().map(id -> ", from " + id).orElse("")
                + answer.zone().map(zone -> " in " + zone).orElse("") + ".";
    }

    private static Tone tone(Answer answer) {
        return switch (answer.kind()) {
            case RECOMMENDATION -> Tone.GOOD;
            case STATIC -> Tone.NOTABLE;
            case ERROR -> Tone.BAD;
        };
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static Optional<Told> told(long at, Tone tone, String text) {
        return Optional.of(new Told(at, tone, text));
    }
}
