package dev.resilient.scenario.drill.report;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What replacing instances came to in a drill.
 *
 * @param replaced the instances that Auto Scaling chose to replace, from the beginning of the fault to the end of the drill
 * @param strengthMillis from the beginning of the fault until as many targets as before were healthy, and stayed so until it was
 *     undone; null if that was not before
 * @param swallowed the share of requests, 0 to 1, that the instance which fails at once got in the end: since no other fails, of
 *     those that a target failed; null in other drills
 */
public record ReplacementFigures(
        List<String> replaced,
        @Nullable Long strengthMillis,
        @Nullable Double swallowed) {
    /** What the names of drills begin with in which one instance fails at once, and nothing else fails. */
    public static final String BLACK_HOLE = "black-hole";

    private static final String HEALTHY = "healthy";

    /** The figures of a drill that was played; a pure function of its report. */
    public static ReplacementFigures of(DrillReport drill) {
        Long on = drill.faultOnMillis();
        Long off = drill.faultOffMillis();
        if (on == null || off == null) {
            return new ReplacementFigures(List.of(), null, null);
        }
        List<TargetSpan> during = drill.targets().stream()
                .filter(span -> span.toMillis() > on && span.fromMillis() <= off)
                .toList();
        return new ReplacementFigures(
                drill.figures().instancesReplaced(),
                strength(during, on, off),
                drill.id().startsWith(BLACK_HOLE) ? drill.figures().failedByTargetsInTheEnd() : null);
    }

    private static @Nullable Long strength(List<TargetSpan> during, long on, long off) {
        long before = healthyAt(during, on);
        if (before == 0 || healthyAt(during, off) < before) {
            return null;
        }
        long weakest = during.stream()
                .flatMap(span -> Stream.of(span.fromMillis(), span.toMillis()))
                .filter(moment -> moment > on && moment <= off)
                .filter(moment -> healthyAt(during, moment - 1) < before)
                .mapToLong(Long::longValue)
                .max()
                .orElse(on);
        return weakest - on;
    }

    private static long healthyAt(List<TargetSpan> spans, long moment) {
        return spans.stream()
                .filter(span -> span.state().equals(HEALTHY))
                .filter(span -> span.fromMillis() <= moment && moment < span.toMillis())
                .count();
    }
}
