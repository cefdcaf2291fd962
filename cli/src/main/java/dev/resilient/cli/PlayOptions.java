package dev.resilient.cli;

import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.scenario.report.RunReport;
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

    @Option(
            names = "--more",
            description = "Go on after the article's seven phases with five about who replaces instances.")
    private boolean more;

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.json into this folder.")
    private @Nullable Path report;

    boolean auto() {
        return auto;
    }

    boolean more() {
        return more;
    }

    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    /**
     * Makes the folder for the report, so that one that cannot be made is known before anything is started, and removes the
     * report of an earlier run, which must not be taken for this one's if this one fails.
     */
    void prepare() {
        report().ifPresent(folder -> {
            try {
                Files.createDirectories(folder);
                Files.deleteIfExists(folder.resolve(RunReport.FILE_NAME));
            } catch (IOException failure) {
                throw EnvironmentRefused.because("Cannot write the report into " + folder, failure);
            }
        });
    }
}
