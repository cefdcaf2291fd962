package dev.resilient.scenario.drill.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of a drill. A request belongs where it was to be sent, however long it took.
 *
 * @param fromMillis where it begins
 * @param toMillis where it ends
 * @param requests how many were to be sent in it
 * @param availability the share that was served, 0 to 1; 1 without requests
 * @param answers how many there were of each kind, kinds without any included
 * @param latency of all of them
 */
public record WindowReport(
        long fromMillis,
        long toMillis,
        long requests,
        double availability,
        Map<String, Long> answers,
        LatencyReport latency) {

    /** Copies the map. */
    public WindowReport {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }
}
