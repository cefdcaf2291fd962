package dev.resilient.scenario.drill.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The drills played under one configuration of the service.
 *
 * @param name such as {@code resilient} or {@code fragile}
 * @param description what it is, in one sentence
 * @param settings what makes it up, by name: health check, failure response, time limits, zones
 * @param held whether every drill that was played held
 * @param drills in the order in which they were played, skipped ones included
 */
public record ConfigurationReport(
        String name, String description, Map<String, String> settings, boolean held, List<DrillReport> drills) {

    /** Copies the collections. */
    public ConfigurationReport {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        drills = List.copyOf(drills);
    }
}
