package dev.resilient.scenario.drill;

import dev.resilient.load.Latencies;
import dev.resilient.scenario.drill.report.FiguresReport;
import dev.resilient.scenario.drill.report.LatencyReport;
import dev.resilient.scenario.drill.report.SecondReport;
import dev.resilient.scenario.drill.report.WindowReport;
import dev.resilient.scenario.observe.AnswerKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The figures of a drill, as pure functions of what was seen. */
final class Measure {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private Measure() {}

    /** The users who came from one time to just before another. */
    static WindowReport window(Course course, long from, long to) {
        List<Visit> visits = course.visits(from, to);
        Map<String, Long> answers = new LinkedHashMap<>();
        for (AnswerKind kind : AnswerKind.values()) {
            answers.put(
                    kind.wireName(),
                    visits.stream().filter(visit -> visit.kind() == kind).count());
        }
        return new WindowReport(
                course.millis(from),
                course.millis(to),
                visits.size(),
                availability(visits),
                answers,
                latency(latencies(visits)));
    }

    /** The users second by second, from the beginning. */
    static List<SecondReport> seconds(Course course) {
        List<SecondReport> seconds = new ArrayList<>();
        int count = (int) ((course.end() - course.start() + SECOND - 1) / SECOND);
        for (int second = 0; second < count; second++) {
            long from = course.start() + second * SECOND;
            List<Visit> visits = course.visits(from, from + SECOND);
            Latencies latencies = latencies(visits);
            seconds.add(new SecondReport(
                    second,
                    byKind(visits),
                    by(visits, Visit::instanceId),
                    by(visits, Visit::zone),
                    millis(latencies.percentile(50)),
                    millis(latencies.percentile(99)),
                    millis(latencies.max())));
        }
        return seconds;
    }

    /** The drill in a few numbers. */
    static FiguresReport figures(Course course) {
        List<Visit> visits = course.visits(course.on(), course.end() + 1);
        List<Visit> errors = visits.stream().filter(visit -> !visit.isServed()).toList();
        Latencies latencies = latencies(visits);
        var targets = new TargetCourse(course);
        return new FiguresReport(
                visits.size(),
                availability(visits),
                errors.size(),
                visits.stream()
                        .filter(visit -> visit.kind() == AnswerKind.STATIC || visit.kind() == AnswerKind.CACHED)
                        .count(),
                millis(latencies.percentile(50)),
                millis(latencies.percentile(99)),
                millis(targets.detected(), course.on()),
                millis(targets.restored(), targets.detected().orElse(0)),
                errors.isEmpty() ? 0 : between(errors.getFirst(), errors.getLast()),
                errors.isEmpty()
                        ? 0
                        : TimeUnit.NANOSECONDS.toMillis(errors.getLast().dueNanos() - course.on()),
                course.steady().isPresent() ? millis(course.steady(), course.off()) : null,
                targets.touched(),
                course.replaced().stream().sorted().toList(),
                course.faultOn().isEmpty() ? null : (Double) failedByTargetsInTheEnd(course));
    }

    private static double failedByTargetsInTheEnd(Course course) {
        long from = Math.max(course.on(), course.off() - FiguresReport.END_SECONDS * SECOND);
        List<Visit> visits = course.visits(from, course.off());
        long failed = visits.stream()
                .filter(visit -> visit.kind() == AnswerKind.TARGET_ERROR)
                .count();
        return visits.isEmpty() ? 0 : (double) failed / visits.size();
    }

    private static double availability(List<Visit> visits) {
        return visits.isEmpty()
                ? 1
                : (double) visits.stream().filter(Visit::isServed).count() / visits.size();
    }

    private static Map<String, Long> byKind(List<Visit> visits) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (AnswerKind kind : AnswerKind.values()) {
            long count = visits.stream().filter(visit -> visit.kind() == kind).count();
            if (count > 0) {
                counts.put(kind.wireName(), count);
            }
        }
        return counts;
    }

    private static Map<String, Long> by(List<Visit> visits, Function<Visit, Optional<String>> name) {
        Map<String, Long> counts = new TreeMap<>();
        visits.forEach(visit -> name.apply(visit).ifPresent(key -> counts.merge(key, 1L, Long::sum)));
        return counts;
    }

    private static Latencies latencies(List<Visit> visits) {
        Latencies latencies = new Latencies();
        visits.forEach(visit -> latencies.record(visit.latencyNanos()));
        return latencies;
    }

    private static LatencyReport latency(Latencies latencies) {
        return new LatencyReport(
                millis(latencies.percentile(50)),
                millis(latencies.percentile(90)),
                millis(latencies.percentile(99)),
                millis(latencies.percentile(99.9)),
                millis(latencies.max()));
    }

    private static long between(Visit first, Visit last) {
        return TimeUnit.NANOSECONDS.toMillis(last.dueNanos() - first.dueNanos());
    }

    private static @Nullable Long millis(OptionalLong nanos, long since) {
        return nanos.isPresent() ? TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - since) : null;
    }

    static double millis(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) / 1000.0;
    }
}
