package dev.resilient.cli.target;

import dev.resilient.cloud.LocalCloud;
import dev.resilient.time.SystemTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The process of a local cloud in the background: started, served from inside, ended. */
public final class CloudProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** Longer than the cloud itself waits for an instance that does not want to end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final int LAST_PORT = 65_535;
    private static final String LOG = "cloud.log";
    private static final String NO_REALISM = "none";
    private static final String LOCK = "cloud.lock";

    /** The byte of the lock that the cloud's process has while it lives. */
    private static final long SERVING = 0;

    /** The byte of the lock that a command has while it starts one, so that another one waits and then sees it. */
    private static final long STARTING = 1;

    private static final String PROGRAM = "dev.resilient.cli.CloudServer";

    /**
     * Job control gives the cloud a process group of its own and nohup shields it from the terminal's hang-up, so that neither
     * Ctrl-C nor closing the window ends it. Prints its process id.
     */
    private static final String DETACH = "set -m; log=$1; shift; nohup \"$@\" </dev/null >\"$log\" 2>&1 & echo $!";

    private final Path folder;
    private final LocalSettings settings;
    private final int port;
    private final boolean forDeployment;

    /**
     * A cloud on this folder.
     *
     * @param port where it answers on loopback; 0 is any
     * @param forDeployment whether {@code deploy} starts it, so that {@code destroy} ends it
     * @throws IllegalArgumentException if there is no such port
     */
    public CloudProcess(Path folder, LocalSettings settings, int port, boolean forDeployment) {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("The port (--port) is between 0 and 65535, but this is " + port + ".");
        }
        this.folder = folder;
        this.settings = settings;
        this.port = port;
        this.forDeployment = forDeployment;
    }

    /** The cloud that {@link #arguments} describes. */
    public static CloudProcess of(String[] arguments) {
        Optional<Long> realism = Optional.of(arguments[5])
                .filter(seed -> !seed.equals(NO_REALISM))
                .map(Long::valueOf);
        LocalSettings settings = new LocalSettings(arguments[1], Double.parseDouble(arguments[2]), realism);
        return new CloudProcess(
                Path.of(arguments[0]), settings, Integer.parseInt(arguments[3]), Boolean.parseBoolean(arguments[4]));
    }

    /** What the started process is told of this cloud. */
    public List<String> arguments() {
        return List.of(
                folder.toString(),
                settings.region(),
                Double.toString(settings.pace()),
                Integer.toString(port),
                Boolean.toString(forDeployment),
                settings.realism().map(String::valueOf).orElse(NO_REALISM));
    }

    /**
     * Starts the process and returns once the cloud answers.
     *
     * @throws EnvironmentRefused if one runs on this folder already, or if it does not come up within 30 s
     */
    public BackgroundCloud start() {
        refuseSecond();
        claim();
        try (FileChannel file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock _ = file.lock(STARTING, 1, false)) {
            refuseSecond();
            return awaitAnswer(launch());
        } catch (IOException failure) {
            throw EnvironmentRefused.because("Cannot start the local cloud", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EnvironmentRefused("Interrupted while the local cloud was starting.", interrupted);
        }
    }

    private void refuseSecond() {
        BackgroundCloud.running(folder).ifPresent(cloud -> {
            throw new EnvironmentRefused("A local cloud runs on " + folder + " already, at "
                    + cloud.endpoint().orElseThrow() + ": use it, or end it with `" + stopping() + "`.");
        });
    }

    private String stopping() {
        return "resilient cloud stop" + DataFolder.option(folder);
    }

    /**
     * Runs the cloud in this process until {@code untilEnd} returns: what the started process does.
     *
     * @throws EnvironmentRefused if the folder or the port is taken
     */
    public void serve(Runnable untilEnd) {
        claim();
        try (FileChannel file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            Optional<FileLock> lock = Optional.ofNullable(file.tryLock(SERVING, 1, false));
            if (lock.isEmpty()) {
                throw new EnvironmentRefused(
                        "Another local cloud uses " + folder + ": end it with `" + stopping() + "`.");
            }
            serveLocked(untilEnd);
        } catch (IOException failure) {
            throw EnvironmentRefused.because("Cannot use " + folder, failure);
        }
    }

    /** Marks the folder as a cloud's own, since deleting the cloud deletes it with all that is in it. */
    private void claim() {
        Path mark = folder.resolve(LOCK);
        String elsewhere = folder.equals(DataFolder.cloud()) ? "RESILIENT_HOME" : "--data";
        try {
            if (Files.exists(folder) && isSomethingElse()) {
                throw new EnvironmentRefused("There are other things in " + folder
                        + ", and no local cloud: name an empty folder with --data.");
            }
            DataFolder.createPrivate(folder, elsewhere);
            if (!Files.exists(mark)) {
                Files.write(mark, new byte[0], StandardOpenOption.CREATE);
            }
        } catch (IOException failure) {
            throw EnvironmentRefused.because(
                    "Cannot use " + folder + " (choose another place with " + elsewhere + ")", failure);
        }
    }

    /** Looks once, since another start may be marking the folder. */
    private boolean isSomethingElse() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> found = entries.toList();
            return !found.isEmpty() && !found.contains(folder.resolve(LOCK));
        }
    }

    private void serveLocked(Runnable untilEnd) throws IOException {
        try (var cloud = settings.startLasting(folder, port, ServerFiles.instanceEnvironment())) {
            ProcessHandle self = ProcessHandle.current();
            new CloudState(
                            self.pid(),
                            CloudState.startOf(self),
                            cloud.endpoint(),
                            settings.region(),
                            settings.pace(),
                            cloud.administrator().accessKeyId(),
                            cloud.administrator().secretAccessKey(),
                            forDeployment,
                            settings.realism().orElse(null))
                    .write(folder);
            untilEnd.run();
            CloudState.remove(folder);
        }
    }

    /** Whether the resources of a cloud are in this folder, running or not. */
    static boolean hasResources(Path folder) {
        return Files.exists(folder.resolve(LocalCloud.RESOURCES));
    }

    /** Ends a cloud's process, and with it every instance; returns when it is gone. Its other resources stay in its folder. */
    public static void stop(BackgroundCloud cloud) {
        cloud.process().ifPresent(CloudProcess::end);
    }

    /**
     * Ends the cloud on this folder, if it runs, and deletes the folder with all that is in it.
     *
     * @throws EnvironmentRefused if the folder is no cloud's
     */
    public static void delete(Path folder) {
        if (!Files.exists(folder.resolve(LOCK))) {
            throw new EnvironmentRefused("There is no local cloud in " + folder + ".");
        }
        BackgroundCloud.running(folder).ifPresent(CloudProcess::stop);
        DataFolder.delete(folder);
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!hasEnded(process)) {
            process.destroyForcibly();
            if (!hasEnded(process)) {
                throw new EnvironmentRefused(
                        "The local cloud does not end: end its process with `kill -9 " + process.pid() + "`.");
            }
        }
    }

    private static boolean hasEnded(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EnvironmentRefused("Interrupted while the local cloud was ending.", interrupted);
        } catch (ExecutionException | TimeoutException stuck) {
            return false;
        }
    }

    private ProcessHandle launch() throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", DETACH, "bash", log().toString()));
        command.addAll(thisProgram());
        command.addAll(arguments());
        Process shell = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow(() -> new EnvironmentRefused("The local cloud did not start: " + lastWords()));
    }

    private static List<String> thisProgram() {
        String java = ProcessHandle.current()
                .info()
                .command()
                .orElseThrow(() -> new EnvironmentRefused(
                        "Cannot tell how this program was started: start it with its launcher."));
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(ServerFiles.cloudOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PROGRAM));
        return command;
    }

    private BackgroundCloud awaitAnswer(ProcessHandle process) throws InterruptedException {
        long start = SystemTime.INSTANCE.nanoTime();
        while (process.isAlive() && SystemTime.INSTANCE.nanoTime() - start < START_LIMIT.toNanos()) {
            Optional<BackgroundCloud> cloud = BackgroundCloud.running(folder);
            if (cloud.isPresent()) {
                return cloud.get();
            }
            SystemTime.INSTANCE.sleep(LOOK_AGAIN);
        }
        process.destroyForcibly();
        throw new EnvironmentRefused("The local cloud did not start: " + lastWords());
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return lines.isEmpty() ? "it said nothing." : lines.getLast().replaceFirst("^resilient: ", "");
        } catch (IOException unreadable) {
            return "it left no log.";
        }
    }

    private Path log() {
        return folder.resolve(LOG);
    }
}
