package dev.resilient.scenario.base;

import java.time.Duration;

/**
 * How much faster than on AWS the target's waiting goes: its check intervals, delays and provisioning. Work is never faster, so
 * a time limit is an allowance for work plus waiting at this pace.
 *
 * @param factor at least 1; 1 on AWS
 */
public record Pacing(double factor) {
    private static final Duration SLOWEST_POLL = Duration.ofSeconds(2);
    private static final Duration FASTEST_POLL = Duration.ofMillis(100);
    private static final Duration SLOWEST_REQUESTS = Duration.ofMillis(500);
    private static final Duration SLOWEST_HEARTBEATS = Duration.ofSeconds(10);
    private static final Duration FASTEST_HEARTBEATS = Duration.ofMillis(500);
    private static final Duration FASTEST_REQUESTS = Duration.ofMillis(50);

    /** Checks the factor. */
    public Pacing {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("The pace must be a number of at least 1, but is %s.".formatted(factor));
        }
    }

    /** How long waiting of {@code atAwsSpeed} takes at this pace. */
    public Duration scaled(Duration atAwsSpeed) {
        return Duration.ofNanos(Math.round(atAwsSpeed.toNanos() / factor));
    }

    /** The limit for something that takes at most {@code work} of real work and {@code waitingAtAwsSpeed} of waiting. */
    public Duration limit(Duration work, Duration waitingAtAwsSpeed) {
        return work.plus(scaled(waitingAtAwsSpeed));
    }

    /** How often to look whether something has happened: 2 s on AWS, down to 100 ms. */
    public Duration pollInterval() {
        return atLeast(FASTEST_POLL, scaled(SLOWEST_POLL));
    }

    /** The pause of one sender between two requests: 500 ms on AWS, down to 50 ms. */
    public Duration requestInterval() {
        return atLeast(FASTEST_REQUESTS, scaled(SLOWEST_REQUESTS));
    }

    /** How often an instance writes a heartbeat: every 10 s on AWS, down to twice a second. */
    public Duration heartbeatPeriod() {
        return atLeast(FASTEST_HEARTBEATS, scaled(SLOWEST_HEARTBEATS));
    }

    private static Duration atLeast(Duration minimum, Duration duration) {
        return duration.compareTo(minimum) < 0 ? minimum : duration;
    }
}
