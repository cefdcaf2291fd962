package dev.resilient.scenario.drill.report;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What replacing instances came to in a drill.
 *
 * @param replaced the instances that were taken away while the fault lasted
 * @param strengthMillis from the beginning of the fault until as many targets as before were healthy, and stayed so until it was
 *     undone; null if that was not before
 */
public record ReplacementFigures(
        Set<String> replaced, @Nullable Long strengthMillis) {
    private static final String DRAINING = "draining";
    private static final String HEALTHY = "healthy";

    /** The figures of a drill that was played; a pure function of what was seen of its targets. */
    public static ReplacementFigures of(DrillReport drill) {
        Long on = drill.faultOnMillis();
        Long off = drill.faultOffMillis();
        if (on == null || off == null) {
            return new ReplacementFigures(Set.of(), null);
        }
        List<TargetSpan> during = drill.targets().stream()
                .filter(span -> span.toMillis() > on && span.fromMillis() <= off)
                .toList();
        Set<String> replaced = during.stream()
                .filter(span -> span.state().equals(DRAINING))
                .filter(span -> span.fromMillis() >= on)
                .map(TargetSpan::instanceId)
                .collect(Collectors.toCollection(TreeSet::new));
        return new ReplacementFigures(replaced, strength(during, on, off));
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
