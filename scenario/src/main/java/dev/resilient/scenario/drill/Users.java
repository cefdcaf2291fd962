package dev.resilient.scenario.drill;

import dev.resilient.load.Latencies;
import dev.resilient.load.Load;
import dev.resilient.load.LoadFigures;
import dev.resilient.load.LoadGenerator;
import dev.resilient.load.Sample;
import dev.resilient.scenario.event.ScenarioEvent;
import dev.resilient.scenario.event.ScenarioEvents;
import dev.resilient.scenario.observe.Answer;
import dev.resilient.scenario.observe.AnswerKind;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The users of the service, who come at a steady rate from construction until {@link #leave}. Thread-safe. */
final class Users implements AutoCloseable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Visit> visits = new ArrayList<>();
    private final ScenarioEvents events;
    private final LoadGenerator load;
    private Map<AnswerKind, Long> recent = new EnumMap<>(AnswerKind.class);
    private Latencies recentLatencies = new Latencies();
    private long told;

    Users(Load load, TimeSource time, ScenarioEvents events) {
        this.events = events;
        this.told = time.nanoTime();
        this.load = new LoadGenerator(load, time, this::came);
    }

    /** The visits so far, in the order in which the users came. */
    List<Visit> visits() {
        lock.lock();
        try {
            return visits.stream()
                    .sorted(Comparator.comparingLong(Visit::dueNanos))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The answers so far to users who came at {@code nanos} or later, in the order of their coming. */
    List<Answer> answersSince(long nanos) {
        lock.lock();
        try {
            return visits.stream()
                    .filter(visit -> visit.dueNanos() - nanos >= 0)
                    .sorted(Comparator.comparingLong(Visit::dueNanos))
                    .map(Visit::answer)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    LoadFigures figures() {
        return load.figures();
    }

    /** No more users come; waits until the last has an answer or has lost patience. */
    void leave() {
        load.stop();
    }

    @Override
    public void close() {
        load.close();
    }

    private void came(Sample sample) {
        Visit visit = Visit.of(sample);
        lock.lock();
        try {
            visits.add(visit);
            recent.merge(visit.kind(), 1L, Long::sum);
            recentLatencies.record(visit.latencyNanos());
            long now = sample.dueNanos() + sample.latencyNanos();
            if (now - told >= SECOND) {
                told = now;
                tell();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        Duration p99 = recentLatencies.percentile(99);
        events.publish(new ScenarioEvent.UsersServed(recent, p99));
        recent = new EnumMap<>(AnswerKind.class);
        recentLatencies = new Latencies();
    }
}
