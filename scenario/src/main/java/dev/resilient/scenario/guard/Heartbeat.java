package dev.resilient.scenario.guard;

import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an instance last wrote of itself.
 *
 * @param instanceId which instance
 * @param zone its Availability Zone
 * @param beat how many it has written; only whether it changes counts, so that nobody's clock has to be right
 * @param working whether its deep health check succeeded
 * @param own the rest, for people
 */
public record Heartbeat(String instanceId, String zone, long beat, boolean working, OwnView own) {

    /** In a few words: "i-1 at 2026-11-27T10:00:00Z: works, circuit closed, ...". */
    public String summary() {
        String at = own.at()
                .map(then -> " at " + then.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        return instanceId + at + ": " + view();
    }

    /** What it says of itself, without who and when. */
    public String view() {
        return Stream.of(working ? "works" : "cannot do its work", own.summary(), version())
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String version() {
        return own.version().isEmpty() ? "" : "version " + own.version();
    }
}
