package dev.resilient.scenario.base;

import dev.resilient.scenario.event.ScenarioEvents;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Waits for a condition by looking again and again, within a limit, telling how it goes. The one place of the scenario that
 * waits. Thread-safe.
 */
public final class Waiting {
    /** How often a wait looks whether the user wants to stop. */
    private static final Duration SLICE = Duration.ofMillis(200);

    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    /** The longest pause of a retry, in intervals. */
    private static final int LONGEST = 8;

    private final TimeSource time;
    private final ScenarioEvents events;
    private final Cancellation cancellation;
    private final Duration interval;
    private final RandomGenerator random;
    private final Duration patience;

    /**
     * Waits that look every {@code interval} and end when {@code cancellation} says so.
     *
     * @param random spreads the attempts of calls that fail for a while
     */
    public Waiting(
            TimeSource time,
            ScenarioEvents events,
            Cancellation cancellation,
            Duration interval,
            RandomGenerator random) {
        this(time, events, cancellation, interval, random, ENDLESS);
    }

    private Waiting(
            TimeSource time,
            ScenarioEvents events,
            Cancellation cancellation,
            Duration interval,
            RandomGenerator random,
            Duration patience) {
        this.patience = patience;
        this.random = random;
        this.time = time;
        this.events = events;
        this.cancellation = cancellation;
        this.interval = interval;
    }

    /** The same, ended by another cancellation. */
    Waiting stoppedBy(Cancellation other) {
        return new Waiting(time, events, other, interval, random, patience);
    }

    /** The same with at most this patience for anything, whatever its own limit is. */
    public Waiting atMost(Duration most) {
        return new Waiting(time, events, cancellation, interval, random, most);
    }

    /** The clock by which this waits. */
    public TimeSource time() {
        return time;
    }

    /** The time that has passed since {@code startNanos} of {@link TimeSource#nanoTime}. */
    public Duration since(long startNanos) {
        return Duration.ofNanos(time.nanoTime() - startNanos);
    }

    /**
     * Looks until there is a value.
     *
     * @param what what is awaited, as it ends the sentence "waiting until ..."
     * @throws ScenarioException when {@code limit} has passed
     * @throws CancelledException when the user wants to stop
     */
    public <T> T until(String what, Duration limit, Supplier<Sight<T>> look) {
        return until(what, limit, look, _ -> interval);
    }

    private <T> T until(String what, Duration usual, Supplier<Sight<T>> look, IntFunction<Duration> pauses) {
        Duration limit = shorter(usual);
        long start = time.nanoTime();
        var progress = new Progress(events);
        for (int looks = 0; true; looks++) {
            cancellation.check();
            Sight<T> sight = look.get();
            if (sight.value().isPresent()) {
                return sight.value().get();
            }
            Duration waited = since(start);
            if (waited.compareTo(limit) >= 0) {
                throw new ScenarioException("Waited %s until %s, in vain. Last seen: %s."
                        .formatted(seconds(limit), what, sight.description()));
            }
            progress.tell(what, waited, limit, sight.description());
            pause(pauses.apply(looks));
        }
    }

    /** Like {@link #until}, for something that was made already, and that AWS does not show everywhere at once. */
    public <T> T untilSeen(String what, Duration limit, Supplier<Optional<T>> find) {
        return until(what + " can be seen", limit, () -> new Sight<>(find.get(), "it is not there"));
    }

    /**
     * Repeats a call that fails for a while because the service is not yet, or still, in the state that it needs; less and less
     * often, after pauses of random length.
     *
     * @param notYet tells such a failure from one that will stay
     * @param usual the limit
     * @throws ScenarioException when the limit has passed, caused by the last failure
     */
    public <T> T retry(String what, Duration usual, Predicate<SdkException> notYet, Supplier<T> call) {
        Duration limit = shorter(usual);
        long start = time.nanoTime();
        return until(
                what,
                limit,
                () -> {
                    try {
                        return Sight.of(call.get());
                    } catch (SdkException failure) {
                        if (!notYet.test(failure)) {
                            throw failure;
                        }
                        if (since(start).compareTo(limit) >= 0) {
                            throw new ScenarioException(
                                    "Waited %s until %s, in vain: %s"
                                            .formatted(seconds(limit), what, Refusals.sentence(failure)),
                                    failure);
                        }
                        return Sight.nothingYet(Refusals.sentence(failure));
                    }
                },
                this::backOff);
    }

    private Duration shorter(Duration limit) {
        return limit.compareTo(patience) < 0 ? limit : patience;
    }

    /** Between a half and the whole of what is one interval at first, twice as much each time, and {@value #LONGEST} in the end. */
    private Duration backOff(int failures) {
        double intervals = Math.min(LONGEST, 1 << Math.min(failures, Integer.SIZE - 2)) * (1 + random.nextDouble()) / 2;
        return Duration.ofNanos((long) (interval.toNanos() * intervals));
    }

    /**
     * Goes on only if the user does not want to stop.
     *
     * @throws CancelledException if the user does
     */
    public void checkCancelled() {
        cancellation.check();
    }

    /** Sleeps for one interval, or until the user wants to stop. */
    public void pause() {
        pause(interval);
    }

    /** Sleeps for {@code length}, or until the user wants to stop. */
    public void pauseFor(Duration length) {
        pause(length);
    }

    private void pause(Duration length) {
        Duration left = length;
        try {
            while (left.isPositive()) {
                cancellation.check();
                Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
                time.sleep(slice);
                left = left.minus(slice);
            }
        } catch (InterruptedException _) {
            // An interrupt asks for the same as a cancellation. It is not set again, since undoing must still be able
            // to wait.
            cancellation.cancel();
            throw new CancelledException();
        }
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    /**
     * What one look saw.
     *
     * @param value what was awaited, if it is there
     * @param description what is there instead, for whoever watches
     */
    public record Sight<T>(Optional<T> value, String description) {

        /** The awaited thing is there. */
        public static <T> Sight<T> of(T value) {
            return new Sight<>(Optional.of(value), "");
        }

        /** It is not there yet. */
        public static <T> Sight<T> nothingYet(String description) {
            return new Sight<>(Optional.empty(), description);
        }

        /** Something is true, or not yet. */
        public static Sight<Boolean> when(boolean condition, String description) {
            return condition ? of(true) : nothingYet(description);
        }
    }
}
