package dev.resilient.cloud.ssm.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command on one of its instances.
 *
 * @param responseCode the script's exit status; -1 as long as there is none
 * @param output what is kept of its standard output; empty until it has returned by itself
 * @param error what is kept of its standard error; empty until it has returned by itself
 * @param started null before that
 * @param ended null before that
 */
record Invocation(
        String instanceId,
        String hostname,
        CommandState state,
        int responseCode,
        String output,
        String error,
        @Nullable Instant started,
        @Nullable Instant ended) {
    private static final int OUTPUT_KEPT = 24_000;
    private static final int ERROR_KEPT = 8_000;

    /** The exit status of a script that was ended. */
    private static final int KILLED = 137;

    static Invocation pending(String instanceId, String hostname) {
        return new Invocation(instanceId, hostname, CommandState.PENDING, -1, "", "", null, null);
    }

    Invocation started(Instant now) {
        return new Invocation(instanceId, hostname, CommandState.IN_PROGRESS, responseCode, output, error, now, null);
    }

    Invocation cancelling() {
        return new Invocation(
                instanceId, hostname, CommandState.CANCELLING, responseCode, output, error, started, null);
    }

    /** The script has returned by itself. */
    Invocation returned(int exitStatus, String said, String complained, Instant now) {
        boolean success = exitStatus == 0;
        // The agent adds a line of its own, which AWS's users see as the whole of what a silent failure says.
        String complaint = success ? complained : complained + "failed to run commands: exit status " + exitStatus;
        return new Invocation(
                instanceId,
                hostname,
                success ? CommandState.SUCCESS : CommandState.FAILED,
                exitStatus,
                first(OUTPUT_KEPT, said),
                first(ERROR_KEPT, complaint),
                started,
                now);
    }

    /** The script was ended, or never began. */
    Invocation ended(CommandState as, Instant now) {
        boolean killed = started != null && as != CommandState.DELIVERY_TIMED_OUT;
        return new Invocation(instanceId, hostname, as, killed ? KILLED : -1, "", "", started, now);
    }

    private static String first(int characters, String text) {
        return text.substring(0, Math.min(characters, text.length()));
    }
}
