package dev.resilient.cli.target;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a background cloud writes into its folder once it answers, readable by its user alone.
 *
 * @param pid its process, and with {@code started} the proof that the process is still the same one
 * @param started when that process started, in milliseconds since 1970
 * @param endpoint where it answers
 * @param forDeployment whether {@code deploy} started it, so that {@code destroy} ends it
 * @param realism the seed of its bad day; null if it has none
 */
record CloudState(
        long pid,
        long started,
        URI endpoint,
        String region,
        double pace,
        String accessKeyId,
        String secretAccessKey,
        boolean forDeployment,
        @Nullable Long realism) {

    private static final String FILE = "cloud.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The system derives start times from the time of its boot, which it corrects together with its clock. */
    private static final long START_TOLERANCE_MILLIS = 2_000;

    /** Refuses what lacks a part. */
    CloudState {
        Stream.of(endpoint, region, accessKeyId, secretAccessKey).forEach(Objects::requireNonNull);
    }

    /** The state of the cloud that runs on this folder; empty if none does. */
    static Optional<CloudState> read(Path folder) {
        return last(folder).filter(state -> state.process().isPresent());
    }

    /** The state of the cloud that runs on this folder, or that was killed there last; empty if none was. */
    static Optional<CloudState> last(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(file.toFile(), CloudState.class));
        } catch (IOException damaged) {
            throw new EnvironmentRefused("Cannot read " + file + ": delete it if no local cloud is running.", damaged);
        }
    }

    /** Writes the whole file or nothing; temporary files are their user's alone from the start. */
    void write(Path folder) throws IOException {
        Path draft = Files.createTempFile(folder, "cloud", ".tmp");
        JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), this);
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** The seed of its bad day; empty if it has none. */
    Optional<Long> seed() {
        return Optional.ofNullable(realism);
    }

    /** The process that wrote this, unless it has ended; another process with the same id does not count. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(process -> Math.abs(startOf(process) - started) <= START_TOLERANCE_MILLIS);
    }

    static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public String toString() {
        return "CloudState[" + endpoint + ", process " + pid + "]";
    }
}
