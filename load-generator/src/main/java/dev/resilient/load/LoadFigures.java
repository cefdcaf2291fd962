package dev.resilient.load;

import java.time.Duration;

/**
 * How the generator itself did.
 *
 * @param sent how many requests were due and begun
 * @param connections how many connections were open at most
 * @param waited how many requests had to wait, because all connections were in use
 * @param lateP99 how long after their time 99 of 100 requests were begun at most
 * @param lateMax the same for all
 */
public record LoadFigures(long sent, int connections, long waited, Duration lateP99, Duration lateMax) {
    private static final Duration LATE = Duration.ofMillis(20);
    private static final double FEW = 0.01;

    /**
     * Whether the generator limited what was measured: it began more than one request in a hundred over 20 ms late, or had no
     * connection for them. Latencies are right nevertheless, since they count from when a request was due; but the service has
     * seen a load less even than was asked for.
     */
    public boolean wasLimit() {
        return lateP99.compareTo(LATE) > 0 || waited > sent * FEW;
    }
}
