package dev.resilient.cli;

import dev.resilient.cli.target.EnvironmentRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that plays the phases. */
final class PlayOptions {
    @Option(names = "--auto", description = "Play by itself, without asking.")
    private boolean auto;

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.json into this folder.")
    private @Nullable Path report;

    boolean auto() {
        return auto;
    }

    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    /** Makes the folder for the report, so that one that cannot be made is known before anything is started. */
    void prepare() {
        report().ifPresent(folder -> {
            try {
                Files.createDirectories(folder);
            } catch (IOException failure) {
                throw EnvironmentRefused.because("Cannot write the report into " + folder, failure);
            }
        });
    }
}
