package dev.resilient.scenario.drill.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A drill in a few numbers, all of them from the beginning of the fault to the end of the drill.
 *
 * @param requests how many were sent
 * @param availability the share that was served, 0 to 1: with a recommendation, a cached or a static answer
 * @param errors how many were not served
 * @param degraded how many got a cached or a static answer
 * @param p50Millis half of the requests took no longer, errors and time-outs included
 * @param p99Millis 99 of 100 requests took no longer
 * @param detectMillis from the beginning of the fault until the load balancer first showed a target that was not healthy; null if
 *     it never did
 * @param outOfRotationMillis from then until no target that was there was anything but healthy; null if there was no such time
 * @param errorsMillis from the first error to the last; 0 without errors
 * @param recoverMillis from the beginning of the fault until users got no more errors; 0 without errors
 * @param steadyMillis from the undoing of the fault until everything was as before; null if that was not seen
 * @param instancesTouched the instances that were not healthy, went or came
 * @param instancesReplaced the instances that Auto Scaling chose to replace because EC2, the load balancer or a guard found them
 *     unhealthy, those among them that go only when their successors are there; not those that somebody terminated
 * @param failedByTargetsInTheEnd the share of requests, 0 to 1, that targets answered with a status from 500 in the last
 *     {@value #END_SECONDS} s before the fault was undone; null without a fault
 */
public record FiguresReport(
        long requests,
        double availability,
        long errors,
        long degraded,
        double p50Millis,
        double p99Millis,
        @Nullable Long detectMillis,
        @Nullable Long outOfRotationMillis,
        long errorsMillis,
        long recoverMillis,
        @Nullable Long steadyMillis,
        List<String> instancesTouched,
        List<String> instancesReplaced,
        @Nullable Double failedByTargetsInTheEnd) {

    /** How long the end of a fault is, in seconds. */
    public static final int END_SECONDS = 5;

    /** Copies the lists. */
    public FiguresReport {
        instancesTouched = List.copyOf(instancesTouched);
        instancesReplaced = List.copyOf(instancesReplaced);
    }
}
