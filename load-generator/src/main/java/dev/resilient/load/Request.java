package dev.resilient.load;

/** A request on its way. Confined to its sender's event loop. */
final class Request {
    private final long dueNanos;
    private boolean ended;
    private boolean repeated;

    Request(long dueNanos) {
        this.dueNanos = dueNanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Ends it; false if it had ended already. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** Whether it may be sent again; once. */
    boolean repeat() {
        boolean first = !repeated;
        repeated = true;
        return first;
    }
}
