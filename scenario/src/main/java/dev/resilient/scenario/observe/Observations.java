package dev.resilient.scenario.observe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Everything seen since something was done: what claims are judged by. Immutable.
 *
 * @param subject the instance to which it was done, if it was done to one
 * @param startNanos when it began to be done
 * @param answers the answers to requests sent since then, in the order of sending
 * @param snapshots the targets since then, oldest first
 * @param alarms what guards, or those who watch them, have told since then that somebody should look at
 */
public record Observations(
        Optional<String> subject,
        long startNanos,
        List<Answer> answers,
        List<TargetSnapshot> snapshots,
        List<String> alarms) {

    /** Copies the lists. */
    public Observations {
        answers = List.copyOf(answers);
        snapshots = List.copyOf(snapshots);
        alarms = List.copyOf(alarms);
    }

    /** Without an alarm. */
    public Observations(
            Optional<String> subject, long startNanos, List<Answer> answers, List<TargetSnapshot> snapshots) {
        this(subject, startNanos, answers, snapshots, List.of());
    }

    /** The newest snapshot, if any. */
    public Optional<TargetSnapshot> latest() {
        return snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.getLast());
    }

    /** The oldest snapshot for which {@code condition} is true. */
    public Optional<TargetSnapshot> firstWhere(Predicate<TargetSnapshot> condition) {
        return snapshots.stream().filter(condition).findFirst();
    }

    /** The same without the answers to requests sent before {@code nanos}. */
    public List<Answer> answersSince(long nanos) {
        return answers.stream()
                .filter(answer -> answer.sentNanos() - nanos >= 0)
                .toList();
    }

    /** The newest answers that all meet {@code condition}: what the service is like by now, whatever it was like before. */
    public List<Answer> latestRun(Predicate<Answer> condition) {
        int from = answers.size();
        while (from > 0 && condition.test(answers.get(from - 1))) {
            from--;
        }
        return answers.subList(from, answers.size());
    }

    /** The instances that gave these answers. */
    public static Set<String> instancesOf(List<Answer> answers) {
        Set<String> instances = new TreeSet<>();
        answers.forEach(answer -> answer.instanceId().ifPresent(instances::add));
        return instances;
    }

    /** From sending the first of these answers' requests to sending the last. */
    public static Duration span(List<Answer> answers) {
        return answers.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(
                        answers.getLast().sentNanos() - answers.getFirst().sentNanos());
    }
}
