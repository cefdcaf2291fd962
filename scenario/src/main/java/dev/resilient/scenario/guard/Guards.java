package dev.resilient.scenario.guard;

import dev.resilient.scenario.base.Background;
import dev.resilient.scenario.base.Environment;
import java.util.ArrayDeque;
import java.util.Deque;

/** Guards of one deployment that run in this process, on threads of their own. Confined to one thread; {@link #close} ends all. */
public final class Guards implements AutoCloseable {
    private final Deque<Background> running = new ArrayDeque<>();
    private final Guard.Mode mode;
    private int started;

    /** None yet; each that is started takes part in this way. */
    public Guards(Guard.Mode mode) {
        this.mode = mode;
    }

    /** Starts as many as are missing to {@code count}. */
    public void ensure(int count, Environment environment, GuardLimits limits) {
        while (running.size() < count) {
            started++;
            String name = "guard-" + started;
            running.addLast(Background.start(name, environment, own -> new Guard(own, limits, name, mode).run()));
        }
    }

    /** Ends the one that was started first, which has the lease if none was ended before. */
    public void endFirst() {
        Background first = running.pollFirst();
        if (first != null) {
            first.end();
        }
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            endFirst();
        }
    }
}
