package dev.resilient.scenario.drill;

import dev.resilient.scenario.drill.report.DrillReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A drill as data.
 *
 * @param id the name on the command line
 * @param title a few words
 * @param why what it is to teach
 * @param follows the drill whose end it begins with; without, it begins and ends with an undisturbed service
 * @param needsCloudFaults whether the dependency itself has to misbehave, which only a local cloud lets it
 * @param steps what happens, one after the other
 * @param atLeast how long what goes wrong lasts, even if everything is observed before
 * @param limits what users may experience at most
 */
public record Drill(
        String id,
        String title,
        String why,
        Optional<String> follows,
        boolean needsCloudFaults,
        List<DrillStep> steps,
        Duration atLeast,
        List<Limit> limits) {

    /** Copies the lists. */
    public Drill {
        steps = List.copyOf(steps);
        limits = List.copyOf(limits);
    }

    /** The same without anything to be observed or kept to, for a length of time: to measure what users experience, whatever it is. */
    Drill measuredFor(Duration length) {
        List<DrillStep> unjudged = steps.stream()
                .map(step -> new DrillStep(step.fault(), step.isFault(), List.of()))
                .toList();
        return new Drill(id, title, why, follows, needsCloudFaults, unjudged, length, List.of());
    }

    /** The same, going wrong for at least so long. */
    Drill lasting(Duration length) {
        return new Drill(id, title, why, follows, needsCloudFaults, steps, length, limits);
    }

    /** What goes wrong, in a few words. */
    public String fault() {
        String text = steps.stream()
                .filter(DrillStep::isFault)
                .map(step -> step.fault().text())
                .distinct()
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? "nothing" : text;
    }

    /** The report of this drill when it is not played. */
    DrillReport skipped(String reason) {
        return DrillReport.skipped(id, title, why, fault(), reason);
    }
}
