package dev.resilient.cli;

import dev.resilient.cli.report.HtmlReport;
import dev.resilient.cli.target.EnvironmentRefused;
import dev.resilient.cli.target.Target;
import dev.resilient.scenario.drill.Configuration;
import dev.resilient.scenario.drill.DrillOrder;
import dev.resilient.scenario.drill.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of every command that plays drills. */
final class DrillOptions {
    private static final int SEEDS = 1_000_000;
    private static final double HIGHEST_RATE = 100_000;
    private static final long LONGEST_SECONDS = 3_600;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The drills to play.")
    private List<String> names = List.of();

    @Option(names = "--all", description = "Play all drills.")
    private boolean all;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many requests users send in a second (default: 50).")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "How long each fault lasts at least (default: 8; 15 to compare).")
    private @Nullable Long duration;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Which instances faults strike (default: a random seed, which the report names).")
    private @Nullable Long seed;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write report.html, report.json, summary.md and junit.xml into this folder.")
    private @Nullable Path report;

    boolean nothingIsChosen() {
        return names.isEmpty() && !all;
    }

    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    /** Checks what can be checked before anything is started, and makes the folder for the report. */
    void prepare() {
        require(rate > 0 && rate <= HIGHEST_RATE, "A rate (--rate) is more than 0 and at most 100000.");
        require(
                duration == null || (duration >= 1 && duration <= LONGEST_SECONDS),
                "A duration (--duration) is 1 to 3600 seconds.");
        require(!all || names.isEmpty(), "Either name drills or say --all.");
        report().ifPresent(folder -> {
            try {
                Files.createDirectories(folder);
                ReportFiles.delete(folder);
                Files.deleteIfExists(folder.resolve(HtmlReport.FILE_NAME));
            } catch (IOException failure) {
                throw EnvironmentRefused.because("Cannot write the report into " + folder, failure);
            }
        });
    }

    /** The order of these drills at this target. */
    DrillOrder order(Target target, Configuration configuration, Duration usually, boolean measureOnly) {
        long chosen = seed == null ? RandomGenerator.getDefault().nextInt(SEEDS) : seed;
        return new DrillOrder(
                names,
                configuration,
                rate,
                duration == null ? usually : Duration.ofSeconds(duration),
                measureOnly,
                chosen,
                new DrillOrder.Place(
                        target.name(), target.realism(), target.endpoint().isPresent()));
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
