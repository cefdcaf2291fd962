package dev.resilient.scenario.phase;

import static dev.resilient.scenario.observe.ResponseKind.ERROR;
import static dev.resilient.scenario.observe.ResponseKind.RECOMMENDATION;
import static dev.resilient.scenario.observe.ResponseKind.STATIC;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The claims of the phases as pure functions of what was seen. */
public final class Claims {
    /** How many instances there are. */
    public static final int INSTANCES = 3;

    /** So many answers in a row, from senders that know nothing of the targets, are no accident. */
    public static final int RUN = 12;

    private Claims() {}

    /** By now all three targets are healthy, and there are no others. */
    public static Verdict threeTargetsHealthy(Observations seen) {
        return judgeLatest(seen, snapshot -> snapshot.areExactlyHealthy(INSTANCES));
    }

    /** By now every answer is of this kind, and all three instances give it. */
    public static Verdict onlyFromAllThree(Observations seen, ResponseKind kind) {
        List<Answer> run = seen.latestRun(answer -> answer.is(kind));
        return Verdict.heldIf(
                run.size() >= RUN && Observations.instancesOf(run).size() == INSTANCES, describe(seen, run));
    }

    /** By now every answer has this status. */
    static Verdict onlyStatus(Observations seen, int status) {
        List<Answer> run = seen.latestRun(answer -> hasStatus(answer, status));
        return Verdict.heldIf(run.size() >= RUN, describe(seen, run));
    }

    /**
     * Every look at the targets found three healthy ones, for {@code atLeast} after the service began to answer with {@code status}
     * alone: long enough for health checks to notice if they ever would.
     */
    static Verdict healthyAllTheWhile(Observations seen, int status, Duration atLeast) {
        Optional<TargetSnapshot> other = seen.firstWhere(snapshot -> !snapshot.areExactlyHealthy(INSTANCES));
        if (other.isPresent()) {
            return Verdict.broken(other.get().summary());
        }
        List<Answer> run = seen.latestRun(answer -> hasStatus(answer, status));
        if (run.isEmpty() || seen.latest().isEmpty()) {
            return Verdict.notYet("no failure yet");
        }
        Duration since =
                Duration.ofNanos(seen.latest().get().atNanos() - run.getFirst().sentNanos());
        return Verdict.heldIf(
                since.compareTo(atLeast) >= 0,
                "three healthy targets in each of %d looks, %.1f s after the failures began"
                        .formatted(seen.snapshots().size(), since.toMillis() / 1000.0));
    }

    /** By now the subject gives only static answers, the two others only recommendations, and there is no other answer. */
    static Verdict staticOnlyFromSubject(Observations seen) {
        String subject = seen.subject().orElseThrow();
        List<Answer> run = seen.latestRun(answer -> answer.is(answer.isFrom(subject) ? STATIC : RECOMMENDATION));
        Set<String> instances = Observations.instancesOf(run);
        return Verdict.heldIf(
                run.size() >= 2 * RUN && instances.size() == INSTANCES && instances.contains(subject),
                describe(seen, run));
    }

    /** The subject becomes unhealthy because its check answers 503, and no other target is ever anything but healthy. */
    static Verdict onlySubjectFailsWith503(Observations seen) {
        String subject = seen.subject().orElseThrow();
        Optional<TargetSnapshot> other = seen.firstWhere(
                snapshot -> snapshot.targets().stream().anyMatch(target -> !target.is(subject) && !target.isHealthy()));
        if (other.isPresent()) {
            return Verdict.broken(other.get().summary());
        }
        return judgeLatest(seen, snapshot -> isOnlyFailureOf(subject, snapshot));
    }

    /**
     * Once the load balancer has found the subject unhealthy, every answer is by now a recommendation, for at least {@code atLeast},
     * from exactly the two others.
     */
    static Verdict onlyRecommendationsFromOthers(Observations seen, Duration atLeast) {
        String subject = seen.subject().orElseThrow();
        Optional<TargetSnapshot> found = seen.firstWhere(snapshot -> isOnlyFailureOf(subject, snapshot));
        if (found.isEmpty()) {
            return Verdict.notYet("the target is not found unhealthy yet");
        }
        long since = found.get().atNanos();
        List<Answer> run = seen.latestRun(answer -> answer.is(RECOMMENDATION) && answer.sentNanos() - since >= 0);
        Set<String> instances = Observations.instancesOf(run);
        boolean lasting = run.size() >= RUN && Observations.span(run).compareTo(atLeast) >= 0;
        return Verdict.heldIf(
                lasting && instances.size() == INSTANCES - 1 && !instances.contains(subject), describe(seen, run));
    }

    /** The subject has been seen draining. */
    static Verdict subjectDrains(Observations seen) {
        String subject = seen.subject().orElseThrow();
        return seen.firstWhere(snapshot ->
                        snapshot.targets().stream().anyMatch(target -> target.is(subject) && target.isDraining()))
                .map(snapshot -> Verdict.held(snapshot.summary()))
                .orElseGet(() -> Verdict.notYet(latest(seen)));
    }

    /** By now three targets other than the subject are healthy, and all three of them give recommendations. */
    public static Verdict subjectIsReplaced(Observations seen) {
        Set<String> healthy = healthyOthers(seen);
        List<Answer> run = seen.latestRun(answer -> answer.is(RECOMMENDATION));
        return Verdict.heldIf(
                healthy.size() == INSTANCES
                        && run.size() >= RUN
                        && Observations.instancesOf(run).containsAll(healthy),
                latest(seen) + "; " + describe(seen, run));
    }

    /** Every single answer has been a recommendation, from before the action until the subject is replaced. */
    static Verdict onlyRecommendationsUntilReplaced(Observations seen) {
        Optional<Answer> other = seen.answers().stream()
                .filter(answer -> !answer.is(RECOMMENDATION))
                .findFirst();
        if (other.isPresent()) {
            return Verdict.broken("%s, request %d of %d"
                    .formatted(
                            other.get().summary(),
                            seen.answers().indexOf(other.get()) + 1,
                            seen.answers().size()));
        }
        return new Verdict(
                subjectIsReplaced(seen).outcome(),
                "%d requests, each answered with a recommendation"
                        .formatted(seen.answers().size()));
    }

    /** By now all three targets, and there are no others, are unhealthy because their checks answer 503. */
    public static Verdict allFailWith503(Observations seen) {
        return judgeLatest(seen, Claims::isFailureOfAll);
    }

    /** No answer at all has been an error, and once no target is healthy all three instances go on with the static answer. */
    static Verdict staticFromAllWhileAllFail(Observations seen) {
        Optional<Answer> error =
                seen.answers().stream().filter(answer -> answer.is(ERROR)).findFirst();
        if (error.isPresent()) {
            return Verdict.broken(error.get().summary());
        }
        Optional<TargetSnapshot> allFail = seen.firstWhere(Claims::isFailureOfAll);
        if (allFail.isEmpty()) {
            return Verdict.notYet(latest(seen));
        }
        List<Answer> since = seen.answersSince(allFail.get().atNanos());
        if (since.stream().anyMatch(answer -> !answer.is(STATIC))) {
            return Verdict.broken(describe(seen, since));
        }
        return Verdict.heldIf(
                since.size() >= RUN && Observations.instancesOf(since).size() == INSTANCES,
                "%d requests, none failed; since no target is healthy: %s"
                        .formatted(seen.answers().size(), describe(seen, since)));
    }

    private static boolean isOnlyFailureOf(String subject, TargetSnapshot snapshot) {
        return snapshot.targets().size() == INSTANCES
                && snapshot.healthy() == INSTANCES - 1
                && snapshot.targets().stream().anyMatch(target -> target.is(subject) && target.failsWith503());
    }

    private static boolean isFailureOfAll(TargetSnapshot snapshot) {
        return snapshot.targets().size() == INSTANCES
                && snapshot.targets().stream().allMatch(TargetSeen::failsWith503);
    }

    /** The healthy targets but the subject; none if the subject itself is still taking requests. */
    private static Set<String> healthyOthers(Observations seen) {
        String subject = seen.subject().orElseThrow();
        return seen.latest().stream()
                .map(TargetSnapshot::targets)
                .flatMap(List::stream)
                .filter(target -> target.isHealthy() && !target.is(subject))
                .map(TargetSeen::instanceId)
                .collect(Collectors.toSet());
    }

    private static boolean hasStatus(Answer answer, int status) {
        return answer.status().isPresent() && answer.status().getAsInt() == status;
    }

    private static Verdict judgeLatest(Observations seen, Predicate<TargetSnapshot> condition) {
        return Verdict.heldIf(seen.latest().filter(condition).isPresent(), latest(seen));
    }

    private static String latest(Observations seen) {
        return seen.latest().map(TargetSnapshot::summary).orElse("the targets were not looked at yet");
    }

    private static String describe(Observations seen, List<Answer> run) {
        if (run.isEmpty()) {
            return seen.answers().isEmpty()
                    ? "no answer yet"
                    : "the latest answer is: " + seen.answers().getLast().summary();
        }
        return "%s in a row: %s"
                .formatted(
                        run.size() == 1 ? "1 answer" : run.size() + " answers",
                        run.stream().map(Answer::summary).distinct().sorted().collect(Collectors.joining(", ")));
    }
}
