package dev.resilient.scenario.drill;

import dev.resilient.scenario.base.Pacing;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import dev.resilient.scenario.phase.Claims;
import dev.resilient.scenario.phase.Expectation;
import dev.resilient.scenario.phase.Verdict;
import dev.resilient.scenario.phase.Verdict.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** The state that a drill begins with, and that there has to be again afterwards. */
final class Steady {
    /** For work and time-outs, which keep their time at any pace. */
    private static final Duration WORK = Duration.ofSeconds(40);

    /** An instance is replaced, boots, and is found healthy. */
    private static final Duration WAITING = Duration.ofMinutes(5);

    private Steady() {}

    static Expectation before(Pacing pacing) {
        return new Expectation(
                "Before: three targets are healthy, and users get recommendations from all of them",
                pacing.limit(WORK, WAITING),
                Steady::judge);
    }

    static Expectation after(Pacing pacing) {
        return new Expectation(
                "After: three targets are healthy, and users get recommendations from all of them",
                pacing.limit(WORK, WAITING),
                Steady::judge);
    }

    private static Verdict judge(Observations seen) {
        Verdict targets = Claims.threeTargetsHealthy(seen);
        return targets.outcome() == Outcome.HELD
                ? Claims.onlyFromAllThree(sinceTheseTargets(seen), ResponseKind.RECOMMENDATION)
                : targets;
    }

    /** Without what came before the targets were these: one that has gone since has answered too. */
    private static Observations sinceTheseTargets(Observations seen) {
        Set<String> now = ids(seen.snapshots().getLast());
        TargetSnapshot first = seen.snapshots().getLast();
        for (TargetSnapshot snapshot : seen.snapshots().reversed()) {
            if (!ids(snapshot).equals(now)) {
                break;
            }
            first = snapshot;
        }
        return new Observations(
                seen.subject(), seen.startNanos(), seen.answersSince(first.atNanos()), seen.snapshots(), seen.alarms());
    }

    private static Set<String> ids(TargetSnapshot snapshot) {
        return snapshot.targets().stream().map(TargetSeen::instanceId).collect(Collectors.toSet());
    }
}
