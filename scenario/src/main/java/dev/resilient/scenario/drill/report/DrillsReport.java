package dev.resilient.scenario.drill.report;

import java.time.Duration;
import java.util.List;

/**
 * What a set of drills found, under one configuration of the service or, for a comparison, under several. Its components, in this
 * order, are the keys of {@code report.json}; all times in it are milliseconds, and those of a drill count from its beginning.
 *
 * @param surroundings where and how it was measured
 * @param held whether every drill that was played held, under every configuration, and nothing is left
 * @param durationMillis of everything
 * @param configurations in the order in which they were played
 * @param leftovers what is still there after everything was destroyed; empty too when nothing was to be destroyed
 */
public record DrillsReport(
        SurroundingsReport surroundings,
        boolean held,
        long durationMillis,
        List<ConfigurationReport> configurations,
        List<String> leftovers) {

    /** Copies the list. */
    public DrillsReport {
        configurations = List.copyOf(configurations);
        leftovers = List.copyOf(leftovers);
    }

    /** The report of these configurations; it held if every drill did and nothing is left. */
    public static DrillsReport of(
            SurroundingsReport surroundings,
            Duration took,
            List<ConfigurationReport> configurations,
            List<String> leftovers) {
        boolean held = leftovers.isEmpty() && configurations.stream().allMatch(ConfigurationReport::held);
        return new DrillsReport(surroundings, held, took.toMillis(), configurations, leftovers);
    }
}
