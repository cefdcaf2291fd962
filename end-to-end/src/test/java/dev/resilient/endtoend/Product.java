package dev.resilient.endtoend;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The built product, used from outside: its launcher, in a home folder of its own. */
public record Product(Path home) {
    public static final Path ROOT = Path.of(System.getProperty("resilient.root"));
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Runs the launcher with these arguments to its end. */
    public Outcome run(String... arguments) {
        return run(LIMIT, arguments);
    }

    /** Runs the launcher with these arguments to its end, which has to come in time. */
    Outcome run(Duration limit, String... arguments) {
        Process process = start(arguments);
        try {
            if (!process.waitFor(limit.toSeconds(), SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("still running after " + limit + ": " + output());
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return new Outcome(process.exitValue(), output(), errors());
    }

    /** Starts the launcher with these arguments. */
    public Process start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("resilient").toString()));
        command.addAll(List.of(arguments));
        return start(command, Map.of());
    }

    /** Starts any command in this home folder, in an environment that holds nothing else than these variables and the path. */
    public Process start(List<String> command, Map<String, String> variables) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(home.resolve("stdout.txt").toFile())
                .redirectError(home.resolve("stderr.txt").toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.get("PATH");
        environment.clear();
        environment.putAll(Map.of("PATH", path, "HOME", home.toString(), "RESILIENT_HOME", data().toString()));
        environment.putAll(variables);
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the product keeps its data. */
    public Path data() {
        return home.resolve("data");
    }

    /** What the last command has written to its standard output so far. */
    public String output() {
        return read(home.resolve("stdout.txt"));
    }

    /** What the last command has written to its standard error so far. */
    public String errors() {
        return read(home.resolve("stderr.txt"));
    }

    /** The report that a command wrote into this folder. */
    JsonNode report(Path folder) {
        try {
            return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How a command ended. */
    public record Outcome(int status, String output, String errors) {}
}
