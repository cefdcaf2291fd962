package dev.resilient.cloud.autoscaling.group;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;

/**
 * A target tracking policy on the requests per minute that each instance gets from one target group.
 *
 * @param shape as the API shows it; its first alarm makes the group grow, the second, if there is one, makes it shrink
 * @param seen what was seen of the traffic last
 */
public record TrackingPolicy(ScalingPolicy shape, Seen seen) {
    /** Where the requests per instance begin to be too few, as a share of the target: AWS's alarm is set so. */
    private static final double LOW = 0.9;

    /** How many minutes in a row must be too busy, and how many too quiet, until something is done: as AWS's alarms are set. */
    private static final int BUSY_MINUTES = 3;

    private static final int QUIET_MINUTES = 15;

    /** Its name. */
    public String name() {
        return shape.policyName();
    }

    /** Names load balancer and target group: {@code app/NAME/ID/targetgroup/NAME/ID}. */
    public String resourceLabel() {
        return shape.targetTrackingConfiguration()
                .predefinedMetricSpecification()
                .resourceLabel();
    }

    /** Requests per minute and instance. */
    public double target() {
        return shape.targetTrackingConfiguration().targetValue();
    }

    /** Whether it may make the group smaller. */
    public boolean scalesIn() {
        return !shape.targetTrackingConfiguration().disableScaleIn();
    }

    /** How long an instance must have served until it counts; empty for the group's default. */
    public Optional<Duration> warmup() {
        return Optional.ofNullable(shape.estimatedInstanceWarmup()).map(Duration::ofSeconds);
    }

    /** Whether the group should grow. */
    public boolean isTooBusy() {
        return shape.enabled() && seen.busyMinutes >= BUSY_MINUTES;
    }

    /** Whether the group could shrink. */
    public boolean isTooQuiet() {
        return shape.enabled() && seen.quietMinutes >= QUIET_MINUTES;
    }

    /** How many instances would have what the target wants each to have. */
    public int capacityNeeded() {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(seen.perMinute / target()));
    }

    /** After it has seen the traffic once more. */
    public TrackingPolicy after(Seen next) {
        return new TrackingPolicy(shape, next);
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
    public record Seen(@Nullable Instant at, long requests, double perMinute, int busyMinutes, int quietMinutes) {
        public static final Seen NOTHING = new Seen(null, 0, 0, 0, 0);

        /** The count of this moment, to be compared with the next: nothing is known of the time before. */
        public static Seen first(Instant now, long requests) {
            return new Seen(now, requests, 0, 0, 0);
        }

        /**
         * One minute later.
         *
         * @param instances that shared the requests
         */
        public Seen next(Instant now, long count, double rate, int instances, double target) {
            double each = rate / instances;
            return new Seen(
                    now, count, rate, each > target ? busyMinutes + 1 : 0, each < LOW * target ? quietMinutes + 1 : 0);
        }
    }
}
