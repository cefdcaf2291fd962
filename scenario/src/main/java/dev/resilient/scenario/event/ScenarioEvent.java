package dev.resilient.scenario.event;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.scenario.observe.TargetSeen;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Something that happened in a scenario. Immutable; whatever shows a scenario to somebody renders these. */
public sealed interface ScenarioEvent {

    /** An act of the scenario. */
    enum Act {
        /** Making the resources. */
        DEPLOY,
        /** Playing the phases. */
        DEMONSTRATE,
        /** Playing drills. */
        DRILL,
        /** Removing the resources. */
        DESTROY
    }

    /** An act begins. */
    record ActBegan(Act act) implements ScenarioEvent {}

    /** An act has ended, without an exception. */
    record ActEnded(Act act, Duration took) implements ScenarioEvent {}

    /** A resource was made. */
    record ResourceCreated(String kind, String name, Duration took) implements ScenarioEvent {}

    /** A resource of this deployment was there already and is used as it is. */
    record ResourceFound(String kind, String name, Duration took) implements ScenarioEvent {}

    /** A resource, or a part of it, was removed. */
    record ResourceDeleted(String kind, String name, Duration took) implements ScenarioEvent {}

    /** A resource could not be removed; the others are removed nevertheless. */
    record DeletionFailed(String kind, String name, String reason) implements ScenarioEvent {}

    /** Something is still left after everything was removed. */
    record LeftoverFound(String what) implements ScenarioEvent {}

    /** A wait goes on; told every few seconds. {@code what} ends the sentence "waiting until ...". */
    record StillWaiting(String what, Duration waited, Duration limit, String lastSeen) implements ScenarioEvent {}

    /** The service can be called. */
    record EndpointReady(URI endpoint) implements ScenarioEvent {}

    /** A parameter of the service got a value. */
    record ParameterSet(String name, String value) implements ScenarioEvent {}

    /** Something was done to an instance: its profile was replaced, it was rebooted, terminated. */
    record InstanceChanged(String instanceId, String change) implements ScenarioEvent {}

    /** Something was done to the service as a whole, other than to a parameter. */
    record ServiceChanged(String change) implements ScenarioEvent {}

    /** A drill begins, and says in advance what it is about. */
    record DrillBegan(String id, String title, String why, String fault) implements ScenarioEvent {}

    /** A drill is not played, because the target cannot do it. */
    record DrillSkipped(String id, String title, String reason) implements ScenarioEvent {}

    /** A fault begins. */
    record FaultBegan(String text) implements ScenarioEvent {}

    /** A part of a fault is undone. */
    record FaultUndone(String text) implements ScenarioEvent {}

    /**
     * What users of the latest second experienced.
     *
     * @param answers how many there were of each kind, only kinds that there were
     * @param p99 99 of 100 answers took no longer
     */
    record UsersServed(Map<AnswerKind, Long> answers, Duration p99) implements ScenarioEvent {
        /** Copies the map. */
        public UsersServed {
            answers = answers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(answers));
        }
    }

    /** A drill has ended; {@code result} says in a few words how. */
    record DrillEnded(String id, boolean held, Duration took, String result) implements ScenarioEvent {}

    /**
     * A phase begins, and says in advance what it is about and what must become true within what time.
     *
     * @param number which one of {@code of} it is, from 1; those that are left out count
     */
    record PhaseBegan(String id, int number, int of, String title, String explanation, List<Expected> expectations)
            implements ScenarioEvent {
        /** Copies the list. */
        public PhaseBegan {
            expectations = List.copyOf(expectations);
        }
    }

    /** A claim that a phase makes in advance: what must become true, and how long after the action that may take. */
    record Expected(String text, Duration within) {}

    /** Why something that was seen is told. */
    enum Occasion {
        /** It is one of a stream. */
        ROUTINE,
        /** It is the first of its kind since something was last done, or differs from what was last told. */
        NEWS,
        /** A person asked for it. */
        ASKED_FOR
    }

    /** A request was answered, or failed. */
    record RequestAnswered(URI endpoint, Answer answer, Occasion occasion) implements ScenarioEvent {}

    /** The targets were looked at: all of them are told, whatever the occasion. */
    record TargetsSeen(List<TargetSeen> targets, Occasion occasion) implements ScenarioEvent {
        /** Copies the list. */
        public TargetsSeen {
            targets = List.copyOf(targets);
        }
    }

    /** A claim was seen to be true. */
    record ExpectationHeld(String text, String observed, Duration after) implements ScenarioEvent {}

    /** A claim was seen to be false, or not seen to be true in time. */
    record ExpectationFailed(String text, String observed, Duration after) implements ScenarioEvent {}

    /** A phase has ended. */
    record PhaseEnded(String id, boolean held, Duration took) implements ScenarioEvent {}

    /** A demonstration has failed or was stopped, and what it had changed is as it was, or about to be. */
    record ChangesUndone() implements ScenarioEvent {}

    /** Deploying has failed or was stopped, and what was made stays until somebody destroys it. */
    record DeploymentUnfinished() implements ScenarioEvent {}

    /** The scenario cannot go on; what was made is now destroyed. */
    record FailedMidway(String reason) implements ScenarioEvent {}

    /** The guard has judged an instance that does not work, for the first time or otherwise than before. */
    record InstanceJudged(String instanceId, boolean replaced, String why) implements ScenarioEvent {}

    /** The guard sees something that it must not act on, and that somebody should look at. */
    record AlarmRaised(String what) implements ScenarioEvent {}

    /** It is over. */
    record AlarmEnded(String what) implements ScenarioEvent {}

    /** Somebody stopped the scenario; what was made is now destroyed. */
    record StoppedMidway() implements ScenarioEvent {}

    /** What was destroyed after a failure, or because somebody stopped the scenario, is gone. */
    record NothingLeft() implements ScenarioEvent {}
}
