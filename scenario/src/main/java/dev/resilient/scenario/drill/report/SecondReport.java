package dev.resilient.scenario.drill.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The requests that were to be sent within one second of a drill.
 *
 * @param second 0 for the first
 * @param answers how many there were of each kind, only kinds that there were
 * @param instances how many answers came from each instance that named itself
 * @param zones the same by Availability Zone
 * @param p50Millis half of them took no longer
 * @param p99Millis 99 of 100
 * @param maxMillis the slowest
 */
public record SecondReport(
        int second,
        Map<String, Long> answers,
        Map<String, Long> instances,
        Map<String, Long> zones,
        double p50Millis,
        double p99Millis,
        double maxMillis) {

    /** Copies the maps. */
    public SecondReport {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        instances = Collections.unmodifiableMap(new LinkedHashMap<>(instances));
        zones = Collections.unmodifiableMap(new LinkedHashMap<>(zones));
    }
}
