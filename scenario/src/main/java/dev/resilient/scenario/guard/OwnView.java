package dev.resilient.scenario.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server wrote of itself that nobody outside can see: it tells people why, and is evidence neither for nor against it. All of
 * it is by the instance's own clock, and as it was then.
 *
 * @param version of the server
 * @param at when it wrote
 * @param circuit the state of its circuit in front of the table, as in {@code closed}, {@code open} or {@code half_open}
 * @param sinceLastGood how long before that the table last worked; empty if it never had, or nothing is known
 * @param sinceParametersRead how long before that its parameters were read; empty if they never were, or nothing is known
 */
public record OwnView(
        String version,
        Optional<Instant> at,
        Optional<String> circuit,
        Optional<Duration> sinceLastGood,
        Optional<Duration> sinceParametersRead) {

    /** Nothing but the heartbeat itself is known. */
    public static final OwnView UNKNOWN =
            new OwnView("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** In a few words: "circuit open, table worked 4.2 s before, parameters read 0.3 s before"; empty if it did not say. */
    public String summary() {
        return circuit.map(state -> "circuit %s, %s, %s"
                        .formatted(
                                state.replace('_', ' '),
                                sinceLastGood
                                        .map(ago -> "table worked " + before(ago))
                                        .orElse("table not seen to work"),
                                sinceParametersRead
                                        .map(ago -> "parameters read " + before(ago))
                                        .orElse("parameters never read")))
                .orElse("");
    }

    private static String before(Duration ago) {
        return String.format(Locale.ROOT, "%.1f s before", ago.toMillis() / 1000.0);
    }
}
