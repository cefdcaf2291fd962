package dev.resilient.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process tree of one boot of an instance: a process group of its own, and the daemons that have left it, which are known by
 * a variable of their environment. A bash above it ends all of them when the pipe from this JVM closes, which the system does even
 * when the JVM is killed. Thread-safe.
 */
final class InstanceProcess {

    /** What the instance's files are called in its directory. */
    static final String CONSOLE = "console.log";

    /** The exit status of a process that was killed, as a shell gives it. */
    static final int KILLED_STATUS = 137;

    private static final String TREE = Host.script("tree.sh");
    private static final String WRAPPER = TREE + Host.script("instance.sh");

    /** For a tree whose wrapper was killed. */
    private static final String KILL = TREE + "kill -KILL -- \"-$2\"; kill_members \"$1\"";

    /** How long the wrapper may take beyond the patience with what it wraps. */
    private static final Duration WRAPPER_PATIENCE = Duration.ofSeconds(5);

    private final Process wrapper;
    private final BufferedReader output;
    private final Path directory;
    private final String leader;
    private final Duration patience;

    private InstanceProcess(Process wrapper, BufferedReader output, Path directory, String leader, Duration patience) {
        this.wrapper = wrapper;
        this.output = output;
        this.directory = directory;
        this.leader = leader;
        this.patience = patience;
    }

    /**
     * What to run.
     *
     * @param name shown in the machine's list of processes
     * @param directory where the console log is written; it must exist
     * @param workingDirectory where the command starts
     * @param command a program and its arguments
     * @param environment all of it: nothing is inherited
     * @param patience what is left {@code patience} after TERM gets KILL; whole seconds, at least one
     */
    record Boot(
            String name,
            Path directory,
            Path workingDirectory,
            List<String> command,
            Map<String, String> environment,
            Duration patience) {}

    /** Starts a process tree; when this returns, its leader runs. */
    static InstanceProcess start(Boot boot) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", WRAPPER, boot.name()));
        command.add(boot.directory().toString());
        command.add(Long.toString(boot.patience().toSeconds()));
        command.addAll(boot.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(boot.workingDirectory().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(boot.environment());
        Process wrapper = builder.start();
        // The stream is left open: it closes with the process.
        @SuppressWarnings("resource")
        BufferedReader output = wrapper.inputReader(StandardCharsets.US_ASCII);
        String leader = output.readLine();
        if (leader == null) {
            wrapper.destroyForcibly();
            throw new IOException("bash could not start the process of " + boot.name());
        }
        return new InstanceProcess(wrapper, output, boot.directory(), leader, boot.patience());
    }

    /**
     * Waits until the leader has ended, which others of the tree may outlive, and gives its exit status; a shell's, so 128 and
     * more for a signal. To be called once.
     */
    int awaitLeader() {
        try {
            String status = output.readLine();
            return status == null ? KILLED_STATUS : Integer.parseInt(status);
        } catch (IOException closed) {
            return KILLED_STATUS;
        }
    }

    /** Completes when the tree has ended, from whatever reason. */
    CompletableFuture<Guest.Ending> onExit() {
        return wrapper.onExit().thenApply(ended -> ended.exitValue() == 0 ? Guest.Ending.EXITED : Guest.Ending.KILLED);
    }

    /** The process that everything in the tree descends from: whoever kills it kills the instance. */
    ProcessHandle root() {
        return wrapper.toHandle();
    }

    /**
     * Ends the whole tree and waits until it is gone: TERM first, KILL after the patience. Does no harm to a tree that has
     * ended by itself.
     */
    void end() {
        closePipe();
        awaitWrapper();
        if (wrapper.isAlive() || wrapper.exitValue() != 0) {
            killMembers();
        }
    }

    private void killMembers() {
        try {
            Process killing = new ProcessBuilder("bash", "-c", KILL, "kill", directory.toString(), leader)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            killing.waitFor(WRAPPER_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closePipe() {
        try {
            wrapper.getOutputStream().close();
        } catch (IOException alreadyBroken) {
            // The pipe is closed all the same, and so is the wrapper's end of it.
            wrapper.destroyForcibly();
        }
    }

    private void awaitWrapper() {
        try {
            wrapper.onExit().get(patience.plus(WRAPPER_PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            wrapper.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stuck) {
            wrapper.destroyForcibly();
        }
    }
}
