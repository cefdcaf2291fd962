package dev.resilient.process;

import dev.resilient.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts on one instance at the request of others, where on AWS the Systems Manager agent does: there from each boot to
 * the end of the instance's processes. A script is a process tree of its own, with the environment and the home folder of the
 * instance; whatever is left of it ends with the instance. Thread-safe.
 */
public final class Agent {
    /** Between TERM and KILL for a script that is ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String WRAPPER = Host.script("script.sh");

    private final String instanceId;
    private final InstanceFiles files;
    private final TimeSource time;
    private final Set<RunningScript> scripts = new HashSet<>();
    private @Nullable Map<String, String> environment;
    private @Nullable String profile;
    private Instant lastSeen = Instant.MIN;

    Agent(String instanceId, InstanceFiles files, TimeSource time) {
        this.instanceId = instanceId;
        this.files = files;
        this.time = time;
    }

    /**
     * The ARN of the instance profile whose credentials the agent took up at the last boot, and keeps until the next one; empty if
     * the instance had none, or has never been up.
     */
    public synchronized Optional<String> profile() {
        return Optional.ofNullable(profile);
    }

    /** Whether the instance is up. */
    public synchronized boolean isConnected() {
        return environment != null;
    }

    /** When the instance was up for the last time: now, if it is. */
    public synchronized Instant lastSeen() {
        return isConnected() ? time.instant() : lastSeen;
    }

    /**
     * Starts a script.
     *
     * @param name what tells it from all others that were ever started on this instance; part of a file name
     * @param script its first line may name the interpreter, as in {@code #!/bin/bash}; otherwise sh runs it
     * @param directory where it starts, relative to the home folder of the instance
     * @return empty if the instance is not up
     * @throws UncheckedIOException if the machine cannot run it
     */
    public synchronized Optional<RunningScript> start(String name, String script, String directory) {
        Map<String, String> variables = environment;
        if (variables == null) {
            return Optional.empty();
        }
        try {
            RunningScript started = start(variables, files.beside(name), script, directory);
            scripts.add(started);
            started.onEnd(() -> forget(started));
            return Optional.of(started);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private RunningScript start(Map<String, String> variables, InstanceFiles own, String script, String directory)
            throws IOException {
        Path output = own.directory().resolve("stdout");
        Path error = own.directory().resolve("stderr");
        List<String> command = new ArrayList<>(List.of("bash", "-c", WRAPPER, "script"));
        command.addAll(List.of(
                output.toString(),
                error.toString(),
                files.home().resolve(directory).toString()));
        command.addAll(own.writeScript("script", script, StandardCharsets.UTF_8));
        InstanceProcess process = InstanceProcess.start(
                new InstanceProcess.Boot(instanceId, own.directory(), files.home(), command, variables, PATIENCE));
        return new RunningScript(process, own, output, error);
    }

    /** The instance is up from now on. */
    synchronized void begin(Map<String, String> variables, Optional<String> profileArn) {
        environment = variables;
        profile = profileArn.orElse(null);
    }

    /** The instance is not up any more: ends every script, and whatever they have left running. */
    void end() {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            disconnect().forEach(script -> each.execute(script::endWithInstance));
        }
    }

    private synchronized List<RunningScript> disconnect() {
        lastSeen = lastSeen();
        environment = null;
        return List.copyOf(scripts);
    }

    private synchronized void forget(RunningScript script) {
        scripts.remove(script);
    }
}
