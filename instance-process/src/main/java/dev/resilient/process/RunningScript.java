package dev.resilient.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A script that was started on an instance from outside. Thread-safe. */
public final class RunningScript {
    private static final Logger log = LoggerFactory.getLogger(RunningScript.class);
    private static final int OUTPUT_LIMIT = 128 * 1024;

    private final InstanceProcess process;
    private final Thread waiting;
    private final CompletableFuture<Result> result = new CompletableFuture<>();

    /**
     * How a script ended.
     *
     * @param exitStatus as a shell gives it; empty if the instance ended under the script
     * @param output the first 128 KiB of what it wrote to its standard output
     * @param error the first 128 KiB of what it wrote to its standard error
     */
    public record Result(OptionalInt exitStatus, String output, String error) {}

    /** Of a process tree that has just been started; {@code files} are deleted when the script has returned. */
    RunningScript(InstanceProcess process, InstanceFiles files, Path output, Path error) {
        this.process = process;
        this.waiting =
                Thread.ofVirtual().name("script in " + files.directory()).start(() -> await(files, output, error));
    }

    /** Completes when the script has returned, which what it started may outlive. */
    public CompletableFuture<Result> result() {
        return result.copy();
    }

    /** Ends the script and everything that it has started, and waits until all of it is gone. */
    public void end() {
        process.end();
        try {
            waiting.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void endWithInstance() {
        result.complete(new Result(OptionalInt.empty(), "", ""));
        end();
    }

    /** Runs {@code action} when nothing of the script is left. */
    void onEnd(Runnable action) {
        var unused = process.onExit().thenRun(action);
    }

    private void await(InstanceFiles files, Path output, Path error) {
        OptionalInt status = OptionalInt.of(process.awaitLeader());
        Result ended = new Result(status, "", "");
        try {
            ended = new Result(status, head(output), head(error));
            files.delete();
        } catch (IOException | UncheckedIOException gone) {
            log.info("the output of a script, or its folder, is lost: {}", gone.getMessage());
        }
        result.complete(ended);
    }

    private static String head(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8);
        }
    }
}
