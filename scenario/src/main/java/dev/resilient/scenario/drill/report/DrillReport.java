package dev.resilient.scenario.drill.report;

import dev.resilient.scenario.report.ExpectationReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one drill found.
 *
 * @param id the name on the command line
 * @param title a few words
 * @param why what it is to teach
 * @param fault what was done to the service
 * @param result what came of it
 * @param reason why it was skipped or did not come to its end; null otherwise
 * @param durationMillis of the whole drill
 * @param faultOnMillis when the fault began; null if it never did
 * @param faultOffMillis when its undoing began; null if the fault never began
 * @param expectations what had to be observed, in order; those of the steady state before and after among them
 * @param figures the drill in a few numbers
 * @param before from the first request until the fault began
 * @param during from then until it was undone
 * @param after from then until the end
 * @param seconds what users experienced, second by second
 * @param targets what the load balancer said of each target, as spans without gaps, ordered by target and time
 * @param events what was done and what happened, in order
 * @param load what the generator of the requests did
 */
public record DrillReport(
        String id,
        String title,
        String why,
        String fault,
        Result result,
        @Nullable String reason,
        long durationMillis,
        @Nullable Long faultOnMillis,
        @Nullable Long faultOffMillis,
        List<ExpectationReport> expectations,
        FiguresReport figures,
        WindowReport before,
        WindowReport during,
        WindowReport after,
        List<SecondReport> seconds,
        List<TargetSpan> targets,
        List<MomentReport> events,
        LoadReport load) {

    /** Copies the lists. */
    public DrillReport {
        expectations = List.copyOf(expectations);
        seconds = List.copyOf(seconds);
        targets = List.copyOf(targets);
        events = List.copyOf(events);
    }

    /** The report of a drill that is not played: nothing was sent, and nothing measured. */
    public static DrillReport skipped(String id, String title, String why, String fault, String reason) {
        var nobody = new WindowReport(0, 0, 0, 1, Map.of(), new LatencyReport(0, 0, 0, 0, 0));
        return new DrillReport(
                id,
                title,
                why,
                fault,
                Result.SKIPPED,
                reason,
                0,
                null,
                null,
                List.of(),
                new FiguresReport(0, 1, 0, 0, 0, 0, null, null, 0, 0, null, List.of(), List.of(), null),
                nobody,
                nobody,
                nobody,
                List.of(),
                List.of(),
                List.of(),
                new LoadReport(0, 0, 0, 0, 0, 0, false));
    }

    /** What came of a drill; the names in reports are these. */
    public enum Result {
        /** Every expectation was met. */
        HELD,
        /** At least one was not. */
        NOT_HELD,
        /** The target cannot do it. */
        SKIPPED,
        /** It could not be played to its end. */
        FAILED
    }
}
