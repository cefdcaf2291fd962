package dev.resilient.scenario.observe;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of one request.
 *
 * @param sentNanos when it was sent, by the time source's {@code nanoTime}
 * @param took from sending to the last byte of the answer, or to the failure
 * @param freshConnection whether it had a connection of its own, as opposed to one that was kept alive
 * @param kind what the answer means
 * @param status the status code; empty when there was no answer
 * @param instanceId which instance answered, if the answer says so
 * @param zone the Availability Zone of that instance
 * @param text the body, or what went wrong
 */
public record Answer(
        long sentNanos,
        Duration took,
        boolean freshConnection,
        ResponseKind kind,
        OptionalInt status,
        Optional<String> instanceId,
        Optional<String> zone,
        String text) {

    /** Whether this is an answer of {@code wanted} kind. */
    public boolean is(ResponseKind wanted) {
        return kind == wanted;
    }

    /** Whether {@code id} is the instance that answered. */
    public boolean isFrom(String id) {
        return instanceId.filter(id::equals).isPresent();
    }

    /** In a few words: "recommendation from i-1", "502", "no answer (connection refused)". */
    public String summary() {
        return switch (kind) {
            case RECOMMENDATION, STATIC ->
                kind + instanceId.map(id -> " from " + id).orElse("");
            case ERROR -> status.isPresent() ? "status " + status.getAsInt() : "no answer (" + text + ")";
        };
    }
}
