package dev.resilient.scenario.base;

import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that a sleeper moves by its own sleep, so that waiting takes no time. Confined to one thread. */
public final class SelfMovingTime implements TimeSource {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private final List<Duration> sleeps = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;

    /** How long was slept each time. */
    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    @Override
    public Instant instant() {
        return START.plus(elapsed);
    }

    @Override
    public long nanoTime() {
        return elapsed.toNanos();
    }

    @Override
    public void sleep(Duration duration) {
        sleeps.add(duration);
        elapsed = elapsed.plus(duration);
    }
}
