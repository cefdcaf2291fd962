package dev.resilient.scenario.drill;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.AnswerKind;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** What is claimed of who replaces instances, as pure functions of what was seen. */
final class ReplacementClaims {
    /** The answers by which a share is judged. */
    private static final int SAMPLE = 100;

    private ReplacementClaims() {}

    /** The subject has been out of rotation for a while, and still is, and nobody has replaced it. */
    static Verdict staysBroken(Observations seen, Duration atLeast) {
        String subject = seen.subject().orElseThrow();
        if (leaving(seen).contains(subject)) {
            return Verdict.broken(subject + " is being replaced");
        }
        Optional<TargetSnapshot> first = seen.firstWhere(snapshot -> isBroken(snapshot, subject));
        boolean still =
                seen.latest().filter(snapshot -> isBroken(snapshot, subject)).isPresent();
        return Verdict.heldIf(
                first.isPresent() && still && since(seen, first.get()).compareTo(atLeast) >= 0, summary(seen));
    }

    /** The subject is out of rotation, and by now every answer is a recommendation from the two others. */
    static Verdict othersServe(Observations seen) {
        String subject = seen.subject().orElseThrow();
        if (seen.latest().filter(snapshot -> isBroken(snapshot, subject)).isEmpty()) {
            return Verdict.notYet(summary(seen));
        }
        List<Answer> run = seen.latestRun(answer -> answer.is(ResponseKind.RECOMMENDATION) && !answer.isFrom(subject));
        return Verdict.heldIf(
                run.size() >= Claims.RUN && Observations.instancesOf(run).size() == Claims.INSTANCES - 1,
                "%d recommendations in a row, from %d instances"
                        .formatted(run.size(), Observations.instancesOf(run).size()));
    }

    /** For a while, none of the instances that there were at first has begun to go. */
    static Verdict nobodyIsReplaced(Observations seen, Duration atLeast) {
        Set<String> leaving = leaving(seen);
        if (!leaving.isEmpty()) {
            return Verdict.broken("replaced: " + String.join(", ", leaving));
        }
        if (seen.snapshots().isEmpty()) {
            return Verdict.notYet("the targets were not looked at yet");
        }
        Duration lasted = since(seen, seen.snapshots().getFirst());
        return Verdict.heldIf(
                lasted.compareTo(atLeast) >= 0,
                "nobody was replaced for %.1f s; %s".formatted(lasted.toMillis() / 1000.0, summary(seen)));
    }

    /** At least one of the instances that there were at first is being replaced. */
    static Verdict someAreReplaced(Observations seen) {
        Set<String> leaving = leaving(seen);
        return Verdict.heldIf(
                !leaving.isEmpty(),
                leaving.isEmpty() ? summary(seen) : "replaced so far: " + String.join(", ", leaving));
    }

    /** Some were replaced by the time that things have been as they are for a while; all of them are counted. */
    static Verdict someWereReplaced(Observations seen, Duration after) {
        Set<String> leaving = leaving(seen);
        boolean isOver = !seen.snapshots().isEmpty()
                && since(seen, seen.snapshots().getFirst()).compareTo(after) >= 0;
        return Verdict.heldIf(
                isOver && !leaving.isEmpty(),
                leaving.isEmpty()
                        ? summary(seen)
                        : "%d of %d were replaced: %s"
                                .formatted(leaving.size(), Claims.INSTANCES, String.join(", ", leaving)));
    }

    /** No target is healthy, so that all are used, and by now every answer is the static one. */
    static Verdict staticWhileNoneIsHealthy(Observations seen) {
        boolean none = seen.latest()
                .filter(snapshot -> !snapshot.targets().isEmpty() && snapshot.healthy() == 0)
                .isPresent();
        int run = seen.latestRun(answer -> answer.is(ResponseKind.STATIC)).size();
        return Verdict.heldIf(
                none && run >= Claims.RUN, "%d static answers in a row; %s".formatted(run, summary(seen)));
    }

    /** An alarm has been raised that says this. */
    static Verdict alarmIsRaised(Observations seen, String words) {
        return seen.alarms().stream()
                .filter(alarm -> alarm.contains(words))
                .findFirst()
                .map(alarm -> Verdict.held("alarm: " + alarm))
                .orElseGet(() -> Verdict.notYet("no alarm yet"));
    }

    /** The subject has been taken out of rotation and back at least twice. */
    static Verdict flaps(Observations seen) {
        String subject = seen.subject().orElseThrow();
        int outs = 0;
        boolean healthy = true;
        for (TargetSnapshot snapshot : seen.snapshots()) {
            boolean now = snapshot.targets().stream().anyMatch(target -> target.is(subject) && target.isHealthy());
            outs += healthy && !now ? 1 : 0;
            healthy = now;
        }
        return Verdict.heldIf(outs >= 2, "out of rotation %d times".formatted(outs));
    }

    /** Of the latest answers a larger share is a target's failure than an equal share of three. */
    static Verdict swallowsMoreThanItsShare(Observations seen) {
        List<Answer> latest = latest(seen.answers());
        return Verdict.heldIf(latest.size() == SAMPLE && failed(latest) * 2 > latest.size(), share(latest));
    }

    /** Since the first failure of a target there were enough answers, and of the latest a much smaller share is one. */
    static Verdict swallowsLittle(Observations seen) {
        List<Answer> since = seen.answers().stream()
                .dropWhile(answer -> !isTargetsFailure(answer))
                .toList();
        List<Answer> latest = latest(since);
        return Verdict.heldIf(latest.size() == SAMPLE && failed(latest) * 6 < latest.size(), share(latest));
    }

    /** The subject's check has answered 503 for a while, so that it is out of rotation, and still does. */
    static Verdict isLeftOut(Observations seen, Duration atLeast) {
        String subject = seen.subject().orElseThrow();
        Optional<TargetSnapshot> first = seen.firstWhere(snapshot -> failsItsCheck(snapshot, subject));
        boolean still = seen.latest()
                .filter(snapshot -> failsItsCheck(snapshot, subject))
                .isPresent();
        return Verdict.heldIf(
                first.isPresent() && still && since(seen, first.get()).compareTo(atLeast) >= 0, summary(seen));
    }

    private static boolean failsItsCheck(TargetSnapshot snapshot, String subject) {
        return snapshot.targets().stream().anyMatch(target -> target.is(subject) && target.failsWith503());
    }

    private static String share(List<Answer> latest) {
        return "%d of the latest %d requests went to the instance that fails".formatted(failed(latest), latest.size());
    }

    private static List<Answer> latest(List<Answer> answers) {
        return answers.subList(Math.max(0, answers.size() - SAMPLE), answers.size());
    }

    private static long failed(List<Answer> answers) {
        return answers.stream().filter(ReplacementClaims::isTargetsFailure).count();
    }

    /** As opposed to one of the load balancer, such as it answers for an instance that is still booting. */
    private static boolean isTargetsFailure(Answer answer) {
        return answer.is(ResponseKind.ERROR) && answer.text().equals(AnswerKind.TARGET_ERROR.wireName());
    }

    /** Of the targets that there were at first, those that have begun to go or are gone. */
    private static Set<String> leaving(Observations seen) {
        Set<String> first = seen.snapshots().stream()
                .limit(1)
                .flatMap(snapshot -> snapshot.targets().stream())
                .map(TargetSeen::instanceId)
                .collect(Collectors.toSet());
        Set<String> leaving = new TreeSet<>();
        for (TargetSnapshot snapshot : seen.snapshots()) {
            Set<String> staying = snapshot.targets().stream()
                    .filter(target -> target.state() != TargetHealthStateEnum.DRAINING)
                    .map(TargetSeen::instanceId)
                    .collect(Collectors.toSet());
            first.stream().filter(id -> !staying.contains(id)).forEach(leaving::add);
        }
        return leaving;
    }

    private static boolean isBroken(TargetSnapshot snapshot, String subject) {
        return snapshot.targets().stream().anyMatch(target -> target.is(subject) && !target.isHealthy());
    }

    private static Duration since(Observations seen, TargetSnapshot first) {
        return Duration.ofNanos(seen.latest().orElseThrow().atNanos() - first.atNanos());
    }

    private static String summary(Observations seen) {
        return seen.latest().map(TargetSnapshot::summary).orElse("the targets were not looked at yet");
    }
}
