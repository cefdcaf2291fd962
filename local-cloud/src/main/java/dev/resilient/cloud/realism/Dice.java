package dev.resilient.cloud.realism;

import dev.resilient.cloud.fault.Refusal;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of each call, look and wait on a bad day: pure functions of the seed, of what it is about and of how many of that
 * kind came before. Durations are at AWS's speed.
 */
record Dice(Chance chance) {
    /** How far behind anybody ever is. */
    static final Duration FURTHEST = Duration.ofSeconds(40);

    private static final Duration LEAST_LAG = Duration.ofMillis(500);
    private static final Duration MOST_LAG = Duration.ofSeconds(3);
    private static final Duration LEAST_PROPAGATION = Duration.ofSeconds(2);
    private static final Duration MOST_PROPAGATION = Duration.ofSeconds(8);
    private static final Duration LEAST_LINGERING = Duration.ofSeconds(10);

    /** Of this many calls of one operation in a row, at most one burst is throttled. */
    private static final int STRETCH = 16;

    private static final double BURSTS = 0.5;
    private static final int LONGEST_BURST = 4;
    private static final double FAILURES = 0.02;
    private static final int LARGEST_PAGE = 5;
    private static final double SLOWEST = 6;

    /** Whether the call number {@code count} of an operation is refused, and why. */
    Optional<Refusal> refusal(String action, long count) {
        if (isInBurst(action, count)) {
            return Optional.of(Refusal.THROTTLED);
        }
        double draw = chance.draw("failure " + action, count);
        return draw >= FAILURES
                ? Optional.empty()
                : Optional.of(draw < FAILURES / 2 ? Refusal.BROKEN : Refusal.UNAVAILABLE);
    }

    private boolean isInBurst(String action, long count) {
        long stretch = count / STRETCH;
        if (!chance.happens(BURSTS, "burst " + action, stretch)) {
            return false;
        }
        int length = chance.between(1, LONGEST_BURST, "length " + action, stretch);
        int start = chance.between(0, STRETCH - length, "start " + action, stretch);
        long position = count % STRETCH;
        return position >= start && position < start + length;
    }

    /** How old the state is that a describing call sees. */
    Duration lag(String action, long count) {
        return chance.between(LEAST_LAG, MOST_LAG, "lag " + action, count);
    }

    /** How many items are on a page at most. */
    int page(String action, long count) {
        return chance.between(1, LARGEST_PAGE, "page " + action, count);
    }

    /** How old the state of IAM is that a service knows; always the same, so that nobody is denied what he had already. */
    Duration propagation(String reader) {
        return chance.between(LEAST_PROPAGATION, MOST_PROPAGATION, "propagation " + reader, 0);
    }

    /** How long something of this kind seems to be in use after it has been let go of. */
    Duration lingering(String what) {
        return chance.between(LEAST_LINGERING, FURTHEST, "lingering " + what, 0);
    }

    /** How many times longer than usual it takes to provision something, in [1, 6). */
    double slowness(String what, long count) {
        return 1 + (SLOWEST - 1) * chance.draw("slowness " + what, count);
    }
}
