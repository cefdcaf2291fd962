package dev.resilient.cloud.autoscaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target tracking policy on the requests per minute that each instance gets from one target group.
 *
 * @param id of the policy and of its alarms, a UUID each
 * @param resourceLabel names load balancer and target group: {@code app/NAME/ID/targetgroup/NAME/ID}
 * @param target requests per minute and instance
 * @param scalesIn whether it may make the group smaller
 * @param warmup how long an instance must have served until it counts; empty for the group's default
 * @param seen what was seen of the traffic last
 */
record ScalingPolicy(
        String name,
        Ids id,
        String resourceLabel,
        double target,
        boolean scalesIn,
        Optional<Duration> warmup,
        boolean enabled,
        Seen seen) {

    /** Where the requests per instance begin to be too few, as a share of the target: AWS's alarm is set so. */
    private static final double LOW = 0.9;

    /** How many minutes in a row must be too busy, and how many too quiet, until something is done: as AWS's alarms are set. */
    private static final int BUSY_MINUTES = 3;

    private static final int QUIET_MINUTES = 15;

    /** Three UUIDs. */
    record Ids(String policy, String highAlarm, String lowAlarm) {}

    boolean isTooBusy() {
        return enabled && seen.busyMinutes >= BUSY_MINUTES;
    }

    boolean isTooQuiet() {
        return enabled && seen.quietMinutes >= QUIET_MINUTES;
    }

    /** How many instances would have what the target wants each to have. */
    int capacityNeeded() {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(seen.perMinute / target));
    }

    ScalingPolicy after(Seen next) {
        return new ScalingPolicy(name, id, resourceLabel, target, scalesIn, warmup, enabled, next);
    }

    /**
     * What was seen, once a minute.
     *
     * @param at when; null if nothing was seen yet
     * @param requests counted until then
     * @param perMinute requests per minute, of all instances
     * @param busyMinutes how many minutes in a row were above the target
     * @param quietMinutes how many minutes in a row were clearly below it
     */
    record Seen(@Nullable Instant at, long requests, double perMinute, int busyMinutes, int quietMinutes) {
        static final Seen NOTHING = new Seen(null, 0, 0, 0, 0);

        /** The count of this moment, to be compared with the next: nothing is known of the time before. */
        static Seen first(Instant now, long requests) {
            return new Seen(now, requests, 0, 0, 0);
        }

        /**
         * One minute later.
         *
         * @param instances that shared the requests
         */
        Seen next(Instant now, long count, double rate, int instances, double target) {
            double each = rate / instances;
            return new Seen(
                    now, count, rate, each > target ? busyMinutes + 1 : 0, each < LOW * target ? quietMinutes + 1 : 0);
        }
    }
}
