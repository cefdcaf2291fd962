package dev.resilient.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the senders do. Thread-safe. */
final class Tally {
    private final Latencies lateness = new Latencies();
    private final LongAdder waited = new LongAdder();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    void begun(long lateNanos) {
        lateness.record(lateNanos);
    }

    void waits() {
        waited.increment();
    }

    void opened() {
        int now = open.incrementAndGet();
        mostOpen.accumulateAndGet(now, Math::max);
    }

    void closed() {
        open.decrementAndGet();
    }

    LoadFigures figures() {
        return new LoadFigures(lateness.count(), mostOpen.get(), waited.sum(), lateness.percentile(99), lateness.max());
    }
}
