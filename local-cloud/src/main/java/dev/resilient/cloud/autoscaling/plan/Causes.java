package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** The sentences with which AWS says why a scaling activity began. Two spaces stand between sentences. */
public final class Causes {
    private static final String BETWEEN_SENTENCES = "  ";

    private Causes() {}

    /** For the first activities of a new group. */
    public static String created(Instant at, int desired) {
        return at(at) + "a user request created an AutoScalingGroup" + changingDesired(0, desired);
    }

    /** For what follows an update. */
    public static String updated(Instant at, AutoScalingGroup from, AutoScalingGroup to) {
        return at(at)
                + "a user request update of AutoScalingGroup constraints to min: %d, max: %d, desired: %d"
                        .formatted(to.minSize(), to.maxSize(), to.desiredCapacity())
                + changingDesired(from.desiredCapacity(), to.desiredCapacity());
    }

    /** For what follows {@code SetDesiredCapacity}. */
    public static String desiredCapacitySet(Instant at, int from, int to) {
        return at(at) + "a user request explicitly set group desired capacity" + changingDesired(from, to);
    }

    /** For what follows an alarm of a scaling policy. */
    public static String alarm(Instant at, TargetTracking.Change change, int from) {
        return at(at) + "a monitor alarm " + change.alarm() + " in state ALARM triggered policy " + change.policy()
                + changingDesired(from, change.desired());
    }

    /** An instance started because there are too few. */
    public static String tooFew(@Nullable String change, Instant at, int from, int to) {
        return after(change) + at(at)
                + "an instance was started in response to a difference between desired and actual capacity,"
                + " increasing the capacity from %d to %d.".formatted(from, to);
    }

    /** An instance started for an unhealthy one. */
    public static String replacement(Instant at) {
        return at(at) + "an instance was launched in response to an unhealthy instance needing to be replaced.";
    }

    /** An instance launched by an instance refresh. */
    public static String refreshed(Instant at) {
        return at(at) + "an instance was launched in response to an instance refresh.";
    }

    /** An instance that leaves because of an instance refresh. */
    public static String outdated(Instant at, String instanceId) {
        return at(at) + "an instance was taken out of service in response to an instance refresh." + BETWEEN_SENTENCES
                + at(at) + "instance " + instanceId + " was selected for termination.";
    }

    /** An instance that leaves because there are too many. */
    public static String tooMany(@Nullable String change, Instant at, int from, int to, String instanceId) {
        return after(change) + at(at)
                + "an instance was taken out of service in response to a difference between desired and actual"
                + " capacity,"
                + " shrinking the capacity from %d to %d.".formatted(from, to)
                + BETWEEN_SENTENCES + at(at) + "instance " + instanceId + " was selected for termination.";
    }

    /** An instance that leaves because it is unhealthy. */
    public static String unhealthy(Instant at, Unhealthy found) {
        return at(at) + "an instance was taken out of service in response to " + found.phrase() + ".";
    }

    /** An instance that did not get through its launch. */
    public static String launchFailure(Instant at) {
        return at(at) + "an instance was taken out of service in response to a launch failure.";
    }

    /** An instance that leaves service because a user asked for it. */
    public static String departed(Instant at, String instanceId, Phase.Exit exit) {
        return moved(at, instanceId, exit) + ".";
    }

    /** An instance that leaves service because a user asked for it, from a group that gets smaller with it. */
    public static String departed(Instant at, String instanceId, Phase.Exit exit, int from, int to) {
        return moved(at, instanceId, exit) + ", shrinking the capacity from %d to %d.".formatted(from, to);
    }

    private static String moved(Instant at, String instanceId, Phase.Exit exit) {
        String how =
                switch (exit) {
                    case TERMINATION -> "taken out of service";
                    case DETACHMENT -> "detached";
                    case STANDBY -> "moved to standby";
                };
        return at(at) + "instance " + instanceId + " was " + how + " in response to a user request";
    }

    /** An instance that comes back from standby. */
    public static String returned(Instant at, String instanceId, int from, int to) {
        return at(at) + "instance " + instanceId + " was moved out of standby in response to a user request,"
                + " increasing the capacity from %d to %d.".formatted(from, to);
    }

    /** An instance that was running already, and joins. */
    public static String attached(Instant at, int to) {
        return at(at) + "an instance was added in response to user request. Keeping the capacity at the new " + to
                + ".";
    }

    private static String changingDesired(int from, int to) {
        return " changing the desired capacity from %d to %d.".formatted(from, to);
    }

    private static String after(@Nullable String change) {
        return change == null ? "" : change + BETWEEN_SENTENCES;
    }

    private static String at(Instant instant) {
        return "At " + instant.truncatedTo(ChronoUnit.SECONDS) + " ";
    }
}
