package dev.resilient.scenario.drill;

import dev.resilient.scenario.drill.report.MomentReport;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Writes down with its time what is told while a drill is played. Thread-safe. */
final class Recorder implements Consumer<ScenarioEvent> {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<MomentReport> moments = new ArrayList<>();
    private final List<TargetSnapshot> looks = new ArrayList<>();
    private final TimeSource time;
    private final long start;

    Recorder(TimeSource time, long start) {
        this.time = time;
        this.start = start;
    }

    @Override
    public void accept(ScenarioEvent event) {
        lock.lock();
        try {
            record(event);
        } finally {
            lock.unlock();
        }
    }

    List<MomentReport> moments() {
        lock.lock();
        try {
            return List.copyOf(moments);
        } finally {
            lock.unlock();
        }
    }

    List<TargetSnapshot> looks() {
        lock.lock();
        try {
            return List.copyOf(looks);
        } finally {
            lock.unlock();
        }
    }

    private void record(ScenarioEvent event) {
        switch (event) {
            case ScenarioEvent.FaultBegan(String text) -> add("fault", text);
            case ScenarioEvent.FaultUndone(String text) -> add("undo", text);
            case ScenarioEvent.ParameterSet(String name, String value) -> add("change", name + " = " + value);
            case ScenarioEvent.InstanceChanged(String id, String change) -> add("change", id + " " + change);
            case ScenarioEvent.ServiceChanged(String change) -> add("change", change);
            case ScenarioEvent.ExpectationHeld(String text, String observed, Duration _) ->
                add("expectation", "met: " + text + " (" + observed + ")");
            case ScenarioEvent.ExpectationFailed(String text, String observed, Duration _) ->
                add("expectation", "not met: " + text + " (" + observed + ")");
            case ScenarioEvent.InstanceJudged(String id, boolean replaced, String why) ->
                add("guard", (replaced ? "replaces " : "leaves ") + id + ": " + why);
            case ScenarioEvent.AlarmRaised(String what) -> add("guard", "alarm: " + what);
            case ScenarioEvent.AlarmEnded(String what) -> add("guard", what);
            case ScenarioEvent.TargetsSeen(List<TargetSeen> targets, ScenarioEvent.Occasion _) -> seen(targets);
            default -> {
                // what else is told is no part of a drill's course
            }
        }
    }

    private void seen(List<TargetSeen> targets) {
        List<TargetSeen> before = looks.isEmpty() ? List.of() : looks.getLast().targets();
        looks.add(new TargetSnapshot(time.nanoTime(), targets));
        targets.stream().filter(target -> !before.contains(target)).forEach(target -> add("target", target.summary()));
        before.stream()
                .filter(old -> targets.stream().noneMatch(target -> target.is(old.instanceId())))
                .forEach(gone -> add("target", gone.instanceId() + " is no target any more"));
    }

    private void add(String kind, String text) {
        moments.add(new MomentReport(Duration.ofNanos(time.nanoTime() - start).toMillis(), kind, text));
    }
}
