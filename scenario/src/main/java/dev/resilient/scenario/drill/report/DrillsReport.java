package dev.resilient.scenario.drill.report;

import java.util.List;

/**
 * What a set of drills found, under one configuration of the service or, for a comparison, under several. Its components, in this
 * order, are the keys of {@code report.json}; all times in it are milliseconds, and those of a drill count from its beginning.
 *
 * @param surroundings where and how it was measured
 * @param held whether every drill that was played held, under every configuration
 * @param durationMillis of everything
 * @param configurations in the order in which they were played
 */
public record DrillsReport(
        SurroundingsReport surroundings, boolean held, long durationMillis, List<ConfigurationReport> configurations) {

    /** Copies the list. */
    public DrillsReport {
        configurations = List.copyOf(configurations);
    }
}
