package dev.resilient.scenario.play;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Progress;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.TargetSnapshot;
import dev.resilient.scenario.phase.Expectation;
import dev.resilient.scenario.phase.Levers;
import dev.resilient.scenario.phase.Step;
import dev.resilient.scenario.phase.Verdict;
import dev.resilient.scenario.phase.Verdict.Outcome;
import dev.resilient.scenario.report.ExpectationReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Plays one step: does what is to be done, then looks at targets and answers until each expectation has held, has been broken, or
 * has had its time.
 */
public final class StepPlayer {
    private final Environment environment;
    private final Levers levers;
    private final TargetWatch targets;
    private final LongFunction<List<Answer>> answersSince;

    /**
     * Plays steps.
     *
     * @param answersSince the answers so far to requests sent at a {@code nanoTime} or later, in the order of sending
     */
    public StepPlayer(
            Environment environment, Levers levers, TargetWatch targets, LongFunction<List<Answer>> answersSince) {
        this.environment = environment;
        this.levers = levers;
        this.targets = targets;
        this.answersSince = answersSince;
    }

    /** Plays one step, and tells what became of each of its expectations. */
    public List<ExpectationReport> play(Step step) {
        environment.waiting().checkCancelled();
        List<String> alarms = new CopyOnWriteArrayList<>();
        Consumer<ScenarioEvent> ear = event -> {
            if (event instanceof ScenarioEvent.AlarmRaised(String what)) {
                alarms.add(what);
            }
        };
        environment.events().subscribe(ear);
        try {
            return play(step, alarms);
        } finally {
            environment.events().unsubscribe(ear);
        }
    }

    private List<ExpectationReport> play(Step step, List<String> alarms) {
        long start = environment.waiting().time().nanoTime();
        Optional<String> subject = step.action().perform(levers);
        long done = environment.waiting().time().nanoTime();
        List<TargetSnapshot> snapshots = new ArrayList<>();
        Map<Expectation, ExpectationReport> reports = new HashMap<>();
        var progress = new Progress(environment.events());
        while (true) {
            snapshots.add(targets.look());
            var seen = new Observations(subject, start, answersSince.apply(start), snapshots, alarms);
            Duration after = environment.waiting().since(done);
            for (Expectation expectation : step.expectations()) {
                if (!reports.containsKey(expectation)) {
                    judge(expectation, seen, after, progress).ifPresent(report -> reports.put(expectation, report));
                }
            }
            if (reports.size() == step.expectations().size()) {
                return step.expectations().stream().map(reports::get).toList();
            }
            environment.waiting().pause();
        }
    }

    /**
     * The report of an expectation that is decided, by what was seen or because its time is over. Of those that stay open the first
     * is the one to tell of.
     */
    private Optional<ExpectationReport> judge(
            Expectation expectation, Observations seen, Duration after, Progress progress) {
        Verdict verdict = expectation.judge(seen);
        boolean decided = verdict.outcome() != Outcome.NOT_YET || after.compareTo(expectation.within()) >= 0;
        if (!decided) {
            progress.tell("this is true: " + expectation.text(), after, expectation.within(), verdict.observed());
            return Optional.empty();
        }
        boolean held = verdict.outcome() == Outcome.HELD;
        environment
                .events()
                .publish(
                        held
                                ? new ScenarioEvent.ExpectationHeld(expectation.text(), verdict.observed(), after)
                                : new ScenarioEvent.ExpectationFailed(expectation.text(), verdict.observed(), after));
        return Optional.of(new ExpectationReport(
                expectation.text(),
                held,
                verdict.observed(),
                expectation.within().toMillis()));
    }
}
