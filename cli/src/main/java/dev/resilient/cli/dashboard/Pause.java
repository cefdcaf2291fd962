package dev.resilient.cli.dashboard;

import dev.resilient.scenario.Interlude;
import dev.resilient.scenario.phase.Phase;
import dev.resilient.scenario.report.PhaseReport;
import java.util.concurrent.Semaphore;

/** Waits before and after each phase until somebody says to go on; for a demonstration that has no terminal. Thread-safe. */
public final class Pause implements Interlude, AutoCloseable {
    private static final int FOR_EVER = Integer.MAX_VALUE / 2;

    private final Semaphore goes = new Semaphore(0);

    @Override
    public void before(Phase phase, Choices choices) {
        goes.acquireUninterruptibly();
    }

    @Override
    public void after(PhaseReport report, Choices choices) {
        goes.acquireUninterruptibly();
    }

    /** Ends the present wait, or the next one if nobody waits. */
    public void goOn() {
        goes.release();
    }

    /** Waits no more. */
    @Override
    public void close() {
        goes.release(FOR_EVER);
    }
}
