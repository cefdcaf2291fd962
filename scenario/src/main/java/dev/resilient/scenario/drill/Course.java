package dev.resilient.scenario.drill;

import dev.resilient.scenario.observe.TargetSnapshot;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Everything that was seen of a drill. All times are by the time source's {@code nanoTime}.
 *
 * @param start when it began
 * @param faultOn when the fault began, if it did
 * @param faultOff when its undoing began, if the fault did
 * @param steady when everything was seen to be as before, if it was
 * @param end when it ended
 * @param visits in the order in which the users came
 * @param looks at the targets, each that differed from the one before
 * @param replaced the instances that the group has chosen, since the fault began, to replace because they were found unhealthy
 */
record Course(
        long start,
        OptionalLong faultOn,
        OptionalLong faultOff,
        OptionalLong steady,
        long end,
        List<Visit> visits,
        List<TargetSnapshot> looks,
        Set<String> replaced) {

    Course {
        visits = List.copyOf(visits);
        looks = List.copyOf(looks);
        replaced = Set.copyOf(replaced);
    }

    /** Milliseconds from the beginning. */
    long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - start);
    }

    /** When the fault began; the beginning, if it never did. */
    long on() {
        return faultOn.orElse(start);
    }

    /** When it was undone; the end, if it never was. */
    long off() {
        return faultOff.orElse(end);
    }

    /** The visits of users who came from one time to just before another. */
    List<Visit> visits(long from, long to) {
        return visits.stream()
                .filter(visit -> visit.dueNanos() - from >= 0 && visit.dueNanos() - to < 0)
                .toList();
    }
}
