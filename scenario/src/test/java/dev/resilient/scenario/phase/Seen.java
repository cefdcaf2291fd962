package dev.resilient.scenario.phase;

import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.Observations;
import dev.resilient.scenario.observe.ResponseKind;
import dev.resilient.scenario.observe.TargetSeen;
import dev.resilient.scenario.observe.TargetSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Hand-made observations: each answer and each look comes 100 ms after the one before. */
final class Seen {
    static final String A = "i-a";
    static final String B = "i-b";
    static final String C = "i-c";
    static final String D = "i-d";

    private static final long STEP_NANOS = 100_000_000;

    private final List<Answer> answers = new ArrayList<>();
    private final List<TargetSnapshot> snapshots = new ArrayList<>();
    private long nowNanos;

    static Seen seen() {
        return new Seen();
    }

    static Seen threeHealthy() {
        return seen().targets(healthy(A), healthy(B), healthy(C));
    }

    static TargetSeen healthy(String id) {
        return new TargetSeen(id, 80, TargetHealthStateEnum.HEALTHY, Optional.empty(), Optional.empty());
    }

    static TargetSeen failing(String id) {
        return unhealthy(
                id,
                TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH,
                "Health checks failed with these codes: [503]");
    }

    static TargetSeen unhealthy(String id, TargetHealthReasonEnum reason, String description) {
        return new TargetSeen(id, 80, TargetHealthStateEnum.UNHEALTHY, Optional.of(reason), Optional.of(description));
    }

    static TargetSeen draining(String id) {
        return new TargetSeen(
                id,
                80,
                TargetHealthStateEnum.DRAINING,
                Optional.of(TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS),
                Optional.of("Target deregistration is in progress"));
    }

    Seen targets(TargetSeen... targets) {
        snapshots.add(new TargetSnapshot(next(), List.of(targets)));
        return this;
    }

    /** So many rounds in which each of the instances answers once. */
    Seen recommendations(int rounds, String... instances) {
        return rounds(rounds, ResponseKind.RECOMMENDATION, instances);
    }

    /** So many rounds in which each of the instances answers once. */
    Seen statics(int rounds, String... instances) {
        return rounds(rounds, ResponseKind.STATIC, instances);
    }

    Seen errors(int count, int status) {
        for (int i = 0; i < count; i++) {
            answers.add(answer(ResponseKind.ERROR, OptionalInt.of(status), Optional.empty()));
        }
        return this;
    }

    Seen noAnswer() {
        answers.add(answer(ResponseKind.ERROR, OptionalInt.empty(), Optional.empty()));
        return this;
    }

    Seen later(Duration duration) {
        nowNanos += duration.toNanos();
        return this;
    }

    Observations about(String subject) {
        return new Observations(Optional.of(subject), 0, answers, snapshots);
    }

    Observations ofTheService() {
        return new Observations(Optional.empty(), 0, answers, snapshots);
    }

    private Seen rounds(int rounds, ResponseKind kind, String... instances) {
        for (int i = 0; i < rounds; i++) {
            for (String instance : instances) {
                answers.add(answer(kind, OptionalInt.of(200), Optional.of(instance)));
            }
        }
        return this;
    }

    private Answer answer(ResponseKind kind, OptionalInt status, Optional<String> instance) {
        return new Answer(
                next(), Duration.ofMillis(5), true, kind, status, instance, Optional.empty(), "connection refused");
    }

    private long next() {
        nowNanos += STEP_NANOS;
        return nowNanos;
    }
}
