package dev.resilient.scenario.drill;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import dev.resilient.scenario.phase.Claims;
import dev.resilient.scenario.phase.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/** The claims of the drills as pure functions of what was seen. */
final class DrillClaims {
    private DrillClaims() {}

    /** The subject has been seen unhealthy for this reason. */
    static Verdict subjectFails(Observations seen, TargetHealthReasonEnum reason) {
        String subject = seen.subject().orElseThrow();
        return sight(seen, snapshot -> snapshot.targets().stream()
                .anyMatch(target -> target.is(subject) && fails(target, reason)));
    }

    /** The subject has been seen to be anything but healthy, or is answering: its server is back already. */
    static Verdict subjectFailsOrIsBack(Observations seen) {
        String subject = seen.subject().orElseThrow();
        Verdict noticed = sight(seen, snapshot -> snapshot.targets().stream()
                .noneMatch(target -> target.is(subject) && target.isHealthy()));
        if (noticed.outcome() == Verdict.Outcome.HELD) {
            return noticed;
        }
        List<Answer> served = seen.latestRun(answer -> !answer.is(ResponseKind.ERROR));
        boolean failed = served.size() < seen.answers().size();
        return Verdict.heldIf(failed && Observations.instancesOf(served).contains(subject), noticed.observed());
    }

    /** By now users have got nothing but recommendations for a while. */
    static Verdict recommendationsFor(Observations seen, Duration atLeast) {
        List<Answer> run = seen.latestRun(answer -> answer.is(ResponseKind.RECOMMENDATION));
        return Verdict.heldIf(
                run.size() >= Claims.RUN && Observations.span(run).compareTo(atLeast) >= 0,
                "%d recommendations in a row over %.1f s"
                        .formatted(run.size(), Observations.span(run).toMillis() / 1000.0));
    }

    /** By now all three targets, and there are no others, are unhealthy because their checks answer 503. */
    static Verdict allFail(Observations seen) {
        return Claims.allFailWith503(seen);
    }

    /** Every look for as long as this found three healthy targets. */
    static Verdict healthyFor(Observations seen, Duration atLeast) {
        Optional<TargetSnapshot> other = seen.firstWhere(snapshot -> !snapshot.areExactlyHealthy(Claims.INSTANCES));
        if (other.isPresent()) {
            return Verdict.broken(other.get().summary());
        }
        if (seen.snapshots().isEmpty()) {
            return Verdict.notYet("the targets were not looked at yet");
        }
        Duration lasted = Duration.ofNanos(seen.snapshots().getLast().atNanos()
                - seen.snapshots().getFirst().atNanos());
        return Verdict.heldIf(
                lasted.compareTo(atLeast) >= 0,
                "three healthy targets in each of %d looks over %.1f s"
                        .formatted(seen.snapshots().size(), lasted.toMillis() / 1000.0));
    }

    /** A new target has failed its checks for a while, and meanwhile never fewer than two others were healthy. */
    static Verdict badOneIsHeldBack(Observations seen, Duration atLeast) {
        Optional<TargetSnapshot> tooFew = seen.firstWhere(snapshot -> snapshot.healthy() < Claims.INSTANCES - 1);
        if (tooFew.isPresent()) {
            return Verdict.broken(tooFew.get().summary());
        }
        Set<String> before = seen.snapshots().stream()
                .limit(1)
                .flatMap(snapshot -> snapshot.targets().stream())
                .map(TargetSeen::instanceId)
                .collect(Collectors.toSet());
        Optional<TargetSnapshot> first = seen.firstWhere(snapshot -> snapshot.targets().stream()
                .anyMatch(target -> !before.contains(target.instanceId())
                        && fails(target, TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS)));
        if (first.isEmpty()) {
            return Verdict.notYet("no new target has failed its checks yet");
        }
        Duration since = Duration.ofNanos(
                seen.latest().orElseThrow().atNanos() - first.get().atNanos());
        return Verdict.heldIf(
                since.compareTo(atLeast) >= 0,
                "%s; two are healthy %.1f s after the first failure"
                        .formatted(seen.latest().orElseThrow().summary(), since.toMillis() / 1000.0));
    }

    private static boolean fails(TargetSeen target, TargetHealthReasonEnum reason) {
        return !target.isHealthy() && target.reason().filter(reason::equals).isPresent();
    }

    private static Verdict sight(Observations seen, Predicate<TargetSnapshot> condition) {
        return seen.firstWhere(condition)
                .map(snapshot -> Verdict.held(snapshot.summary()))
                .orElseGet(() -> Verdict.notYet(
                        seen.latest().map(TargetSnapshot::summary).orElse("the targets were not looked at yet")));
    }
}
