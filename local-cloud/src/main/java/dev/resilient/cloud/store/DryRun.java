package dev.resilient.cloud.store;

/** A call that goes as far as its first change: what it would refuse it refuses, and what it would change stays as it is. */
public final class DryRun {
    private static final ScopedValue<Boolean> UNDER_WAY = ScopedValue.newInstance();

    private DryRun() {}

    /** Runs {@code call}, which must make its changes on the calling thread, until one would be made, or to its end. */
    public static void of(Runnable call) {
        try {
            ScopedValue.where(UNDER_WAY, true).run(call);
        } catch (ChangeAhead end) {
            // As far as a dry run goes.
        }
    }

    /** Whether the calling thread is in a dry run. */
    public static boolean isUnderWay() {
        return UNDER_WAY.isBound();
    }

    /** Ends a dry run: for whoever is about to change something. The maps of a {@link ResourceStore} do so for what they hold. */
    public static void endHere() {
        if (isUnderWay()) {
            throw new ChangeAhead();
        }
    }

    private static final class ChangeAhead extends RuntimeException {
        ChangeAhead() {
            super("a dry run has reached its end", null, false, false);
        }
    }
}
