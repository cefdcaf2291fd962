package dev.resilient.scenario.drill;

import dev.resilient.load.Outcome;
import dev.resilient.load.Sample;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.scenario.observe.Reading;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one user experienced.
 *
 * @param dueNanos when he came, by the time source's {@code nanoTime}
 * @param latencyNanos how long it took from then
 * @param kind what he got
 * @param status the status code; empty when there was no answer
 * @param instanceId which instance answered, if the answer says so
 * @param zone the Availability Zone of that instance
 * @param problem what went wrong, if there was no answer
 */
record Visit(
        long dueNanos,
        long latencyNanos,
        AnswerKind kind,
        OptionalInt status,
        Optional<String> instanceId,
        Optional<String> zone,
        String problem) {

    static Visit of(Sample sample) {
        return switch (sample.outcome()) {
            case Outcome.Response(int status, String server, String body) -> {
                Reading reading = Reading.of(status, server, body);
                yield new Visit(
                        sample.dueNanos(),
                        sample.latencyNanos(),
                        reading.kind(),
                        OptionalInt.of(status),
                        reading.instanceId(),
                        reading.zone(),
                        "");
            }
            case Outcome.ConnectFailure(String reason) -> unanswered(sample, AnswerKind.CONNECTION_ERROR, reason);
            case Outcome.Broken(String reason) -> unanswered(sample, AnswerKind.CONNECTION_ERROR, reason);
            case Outcome.TimeOut() -> unanswered(sample, AnswerKind.TIME_OUT, "time-out");
        };
    }

    private static Visit unanswered(Sample sample, AnswerKind kind, String problem) {
        return new Visit(
                sample.dueNanos(),
                sample.latencyNanos(),
                kind,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                problem);
    }

    boolean isServed() {
        return kind.isServed();
    }

    /** The same, as claims judge it; the text of a response that is of no use says whose failure it is. */
    Answer answer() {
        return new Answer(
                dueNanos,
                Duration.ofNanos(latencyNanos),
                false,
                kind.responseKind(),
                status,
                instanceId,
                zone,
                isServed() || status.isEmpty() ? problem : kind.wireName());
    }
}
