package dev.resilient.scenario.observe;

import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A steady stream of requests in the background: one sender with a fresh connection for each request, one with a connection
 * kept alive. Starts at once and ends with {@link #close}. Thread-safe.
 */
public final class Traffic implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Answer> answers = new ArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Thread> senders;
    private final Supplier<ServiceProbe> probes;
    private final Duration interval;
    private final TimeSource time;
    private final Consumer<Answer> listener;

    /**
     * Starts to send.
     *
     * @param probes makes a probe for each sender
     * @param interval the pause of each sender between two requests
     * @param listener is told of every answer, on the sender's thread
     */
    public Traffic(Supplier<ServiceProbe> probes, Duration interval, TimeSource time, Consumer<Answer> listener) {
        this.probes = probes;
        this.interval = interval;
        this.time = time;
        this.listener = listener;
        this.senders = List.of(
                sender("fresh-connections", ServiceProbe::sendOnFreshConnection),
                sender("kept-connection", ServiceProbe::sendOnKeptConnection));
        senders.forEach(Thread::start);
    }

    /** The answers so far to requests sent at {@code nanos} or later, in the order of sending. */
    public List<Answer> answersSince(long nanos) {
        lock.lock();
        try {
            return answers.stream()
                    .filter(answer -> answer.sentNanos() - nanos >= 0)
                    .sorted(Comparator.comparingLong(Answer::sentNanos))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Ends both senders and waits for them. A request that this cuts off is not counted. */
    @Override
    public void close() {
        ended.set(true);
        senders.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread sender : senders) {
            while (sender.isAlive()) {
                try {
                    sender.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread sender(String name, Function<ServiceProbe, Answer> send) {
        return Thread.ofVirtual().name(name).unstarted(() -> {
            try (ServiceProbe probe = probes.get()) {
                while (!ended.get()) {
                    Answer answer = send.apply(probe);
                    if (ended.get()) {
                        return;
                    }
                    keep(answer);
                    listener.accept(answer);
                    time.sleep(interval);
                }
            } catch (InterruptedException _) {
                // Only close interrupts a sender, and then there is nothing left to send.
                ended.set(true);
            }
        });
    }

    private void keep(Answer answer) {
        lock.lock();
        try {
            answers.add(answer);
        } finally {
            lock.unlock();
        }
    }
}
