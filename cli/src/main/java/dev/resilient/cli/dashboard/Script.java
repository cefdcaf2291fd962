package dev.resilient.cli.dashboard;

import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvent.Act;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the scenario is about: the phases of the demonstration so far, and how their claims turn out.
 *
 * @param act which act the scenario is in, if any
 * @param phases in the order in which they began; the last may still be played
 * @param waiting what is waited for, and what was last seen of it; empty if nothing
 */
record Script(Optional<Act> act, List<Phase> phases, String waiting) {
    static final Script EMPTY = new Script(Optional.empty(), List.of(), "");

    Script {
        phases = List.copyOf(phases);
    }

    /** What an event makes of it. */
    Script after(ScenarioEvent event) {
        return switch (event) {
            case ScenarioEvent.ActBegan(var begun) ->
                new Script(Optional.of(begun), begun == Act.DESTROY ? phases : List.of(), "");
            case ScenarioEvent.ActEnded _, ScenarioEvent.FailedMidway _, ScenarioEvent.DeploymentUnfinished _ -> idle();
            case ScenarioEvent.PhaseBegan began -> with(Phase.of(began));
            case ScenarioEvent.DrillBegan(var id, var title, var why, var _) ->
                with(new Phase(id, 0, title, why, Outcome.OPEN, List.of()));
            case ScenarioEvent.DrillEnded(var _, var held, var _, var _) ->
                withLast(drill -> drill.ended(held ? Outcome.HELD : Outcome.FAILED));
            case ScenarioEvent.PhaseEnded(var _, var held, var _) ->
                withLast(phase -> phase.ended(held ? Outcome.HELD : Outcome.FAILED));
            case ScenarioEvent.ExpectationHeld(var text, var observed, var after) ->
                withLast(phase -> phase.decided(text, Outcome.HELD, observed, after));
            case ScenarioEvent.ExpectationFailed(var text, var observed, var after) ->
                withLast(phase -> phase.decided(text, Outcome.FAILED, observed, after));
            case ScenarioEvent.StillWaiting wait ->
                new Script(act, phases, "Waiting until " + wait.what() + ": " + wait.lastSeen());
            case ScenarioEvent.RequestAnswered _, ScenarioEvent.TargetsSeen _, ScenarioEvent.UsersServed _ -> this;
            default -> waiting.isEmpty() ? this : new Script(act, phases, "");
        };
    }

    /** No act any more. */
    Script idle() {
        return new Script(Optional.empty(), phases, "");
    }

    private Script with(Phase phase) {
        List<Phase> more = new ArrayList<>(phases);
        more.add(phase);
        return new Script(act, more, "");
    }

    private Script withLast(UnaryOperator<Phase> change) {
        if (phases.isEmpty()) {
            return this;
        }
        List<Phase> changed = new ArrayList<>(phases);
        changed.set(changed.size() - 1, change.apply(changed.getLast()));
        return new Script(act, changed, "");
    }

    /** How something turned out. */
    enum Outcome {
        OPEN,
        HELD,
        FAILED
    }

    /**
     * A phase with its claims, or a drill.
     *
     * @param of how many phases there are; 0 if this is a drill
     */
    record Phase(String id, int of, String title, String explanation, Outcome outcome, List<Claim> claims) {
        Phase {
            claims = List.copyOf(claims);
        }

        static Phase of(ScenarioEvent.PhaseBegan began) {
            return new Phase(
                    began.id(),
                    began.of(),
                    began.title(),
                    began.explanation(),
                    Outcome.OPEN,
                    began.expectations().stream()
                            .map(expected ->
                                    new Claim(expected.text(), expected.within().toMillis(), Outcome.OPEN, "", 0))
                            .toList());
        }

        Phase ended(Outcome how) {
            return new Phase(id, of, title, explanation, how, claims);
        }

        /** The first open claim of this text is decided, since a phase may make one twice; a drill makes its claims as it goes. */
        Phase decided(String text, Outcome how, String observed, Duration after) {
            List<Claim> changed = new ArrayList<>(claims);
            for (int index = 0; index < changed.size(); index++) {
                Claim claim = changed.get(index);
                if (claim.outcome() == Outcome.OPEN && claim.text().equals(text)) {
                    changed.set(index, new Claim(text, claim.withinMillis(), how, observed, after.toMillis()));
                    return new Phase(id, of, title, explanation, outcome, changed);
                }
            }
            changed.add(new Claim(text, 0, how, observed, after.toMillis()));
            return new Phase(id, of, title, explanation, outcome, changed);
        }
    }

    /** A claim: what must become true within what time, 0 if that was not said, and what was seen after what time. */
    record Claim(String text, long withinMillis, Outcome outcome, String observed, long afterMillis) {}
}
