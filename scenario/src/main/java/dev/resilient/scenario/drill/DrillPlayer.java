package dev.resilient.scenario.drill;

import dev.resilient.load.LoadFigures;
import dev.resilient.scenario.base.CancelledException;
import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Refusals;
import dev.resilient.scenario.drill.report.DrillReport;
import dev.resilient.scenario.drill.report.DrillReport.Result;
import dev.resilient.scenario.drill.report.FiguresReport;
import dev.resilient.scenario.drill.report.FiguresText;
import dev.resilient.scenario.drill.report.LoadReport;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.fault.Scene;
import dev.resilient.scenario.fault.Undoing;
import dev.resilient.scenario.observe.ReplacementReader;
import dev.resilient.scenario.phase.Step;
import dev.resilient.scenario.phase.Verdict;
import dev.resilient.scenario.phase.Verdict.Outcome;
import dev.resilient.scenario.play.ServiceLevers;
import dev.resilient.scenario.play.StepPlayer;
import dev.resilient.scenario.play.TargetWatch;
import dev.resilient.scenario.report.ExpectationReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays one drill while users come. What was done is undone whatever happens, also when the user wants to stop. */
final class DrillPlayer {
    /** So long the users come before anything goes wrong, and at the end. */
    private static final Duration CALM = Duration.ofSeconds(2);

    private final Stage stage;
    private final Environment environment;
    private final Drill drill;
    private final Undoing undoing;
    private final boolean restored;
    private final long start;
    private final TargetWatch watch;
    private final Recorder recorder;
    private final ReplacementReader replacements;
    private final List<ExpectationReport> expectations = new ArrayList<>();
    private OptionalLong faultOn = OptionalLong.empty();
    private OptionalLong faultOff = OptionalLong.empty();
    private OptionalLong steady = OptionalLong.empty();
    private Set<String> replacedBefore = Set.of();
    private Set<String> replaced = Set.of();

    /**
     * A player of one drill, for one use.
     *
     * @param undoing what earlier drills have left, if it follows them
     * @param restored whether everything is undone at the end, and not left to a drill that follows
     */
    DrillPlayer(Stage stage, Drill drill, Undoing undoing, boolean restored) {
        this.stage = stage;
        this.environment = stage.environment();
        this.drill = drill;
        this.undoing = undoing;
        this.restored = restored;
        this.start = now();
        this.watch = new TargetWatch(environment);
        this.recorder = new Recorder(environment.waiting().time(), start);
        this.replacements = new ReplacementReader(
                environment.aws().autoScaling(), environment.names().group());
    }

    DrillReport play() {
        environment
                .events()
                .publish(new ScenarioEvent.DrillBegan(drill.id(), drill.title(), drill.why(), drill.fault()));
        environment.events().subscribe(recorder);
        try (Users users = new Users(stage.load(), environment.waiting().time(), environment.events())) {
            Optional<String> failure = perform(users);
            long end = now();
            users.leave();
            return report(users, end, failure.orElse(null));
        } finally {
            environment.events().unsubscribe(recorder);
        }
    }

    /** Why it could not be played to its end, if it could not. */
    private Optional<String> perform(Users users) {
        var player = new StepPlayer(environment, new ServiceLevers(environment), watch, users::answersSince);
        try {
            if (drill.follows().isEmpty()) {
                expectations.addAll(player.play(Step.steady(Steady.before(environment.pacing()))));
            }
            hold(start, CALM);
            for (DrillStep step : drill.steps()) {
                expectations.addAll(player.play(new Step(_ -> strike(step), step.expectations())));
            }
            hold(faultOn.orElse(start), drill.atLeast());
            if (restored) {
                restore(player);
            }
            replaced = replacedSince();
            return Optional.empty();
        } catch (CancelledException stopped) {
            undoAfter(stopped);
            throw stopped;
        } catch (RuntimeException failure) {
            undoAfter(failure);
            return Optional.of(String.valueOf(Refusals.explained(failure).getMessage()));
        }
    }

    private Optional<String> strike(DrillStep step) {
        if (step.isFault()) {
            if (faultOn.isEmpty()) {
                replacedBefore = replacements.read();
                faultOn = OptionalLong.of(now());
            }
            environment
                    .events()
                    .publish(new ScenarioEvent.FaultBegan(step.fault().text()));
        }
        return step
                .fault()
                .strike(new Scene(environment, stage.random(), undoing, length -> hold(now(), length)))
                .stream()
                .findFirst();
    }

    private void restore(StepPlayer player) {
        if (faultOn.isPresent()) {
            faultOff = OptionalLong.of(now());
        }
        undoing.undo(stage.undoing());
        List<ExpectationReport> after = player.play(Step.steady(Steady.after(environment.pacing())));
        expectations.addAll(after);
        if (after.stream().allMatch(ExpectationReport::held)) {
            steady = OptionalLong.of(now());
            hold(now(), CALM.dividedBy(2));
        }
    }

    private Set<String> replacedSince() {
        Set<String> since = new HashSet<>(faultOn.isPresent() ? replacements.read() : Set.of());
        since.removeAll(replacedBefore);
        return since;
    }

    private void undoAfter(RuntimeException failure) {
        if (faultOn.isPresent() && faultOff.isEmpty()) {
            faultOff = OptionalLong.of(now());
        }
        try {
            undoing.undo(stage.undoing());
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /** Watches the targets until so much time has passed. */
    private void hold(long since, Duration length) {
        while (environment.waiting().since(since).compareTo(length) < 0) {
            watch.look();
            environment.waiting().pause();
        }
    }

    private DrillReport report(Users users, long end, @Nullable String reason) {
        Course course = new Course(start, faultOn, faultOff, steady, end, users.visits(), recorder.looks(), replaced);
        FiguresReport figures = Measure.figures(course);
        drill.limits().forEach(limit -> expectations.add(judge(limit, figures, course)));
        boolean held = reason == null
                && !expectations.isEmpty()
                && expectations.stream().allMatch(ExpectationReport::held);
        Result result = reason != null ? Result.FAILED : held ? Result.HELD : Result.NOT_HELD;
        DrillReport report = new DrillReport(
                drill.id(),
                drill.title(),
                drill.why(),
                drill.fault(),
                result,
                reason,
                course.millis(end),
                faultOn.isPresent() ? (Long) course.millis(faultOn.getAsLong()) : null,
                faultOn.isPresent() ? (Long) course.millis(course.off()) : null,
                expectations,
                figures,
                Measure.window(course, start, course.on()),
                Measure.window(course, course.on(), course.off()),
                Measure.window(course, course.off(), end + 1),
                Measure.seconds(course),
                new TargetCourse(course).spans(),
                recorder.moments(),
                load(users.figures()));
        environment
                .events()
                .publish(new ScenarioEvent.DrillEnded(
                        drill.id(), held, Duration.ofNanos(end - start), FiguresText.of(report)));
        return report;
    }

    private ExpectationReport judge(Limit limit, FiguresReport figures, Course course) {
        Verdict verdict = limit.check().apply(figures);
        boolean held = verdict.outcome() == Outcome.HELD;
        Duration within = Duration.ofMillis(course.millis(course.end()));
        environment
                .events()
                .publish(
                        held
                                ? new ScenarioEvent.ExpectationHeld(limit.text(), verdict.observed(), within)
                                : new ScenarioEvent.ExpectationFailed(limit.text(), verdict.observed(), within));
        return new ExpectationReport(limit.text(), held, verdict.observed(), within.toMillis());
    }

    private LoadReport load(LoadFigures figures) {
        return new LoadReport(
                stage.load().requestsPerSecond(),
                figures.sent(),
                figures.connections(),
                figures.waited(),
                Measure.millis(figures.lateP99()),
                Measure.millis(figures.lateMax()),
                figures.wasLimit());
    }

    private long now() {
        return stage.environment().waiting().time().nanoTime();
    }
}
