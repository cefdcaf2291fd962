package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options about the local cloud. */
final class LocalOptions {
    private static final String DEFAULT_REGION = "us-west-2";
    private static final double DEFAULT_PACE = 10;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS region (default: AWS_REGION; in an account, the profile's; or us-west-2).")
    private @Nullable String region;

    @Option(
            names = "--pace",
            defaultValue = "" + DEFAULT_PACE,
            description = "How much faster than AWS the local cloud lets waiting pass, 1 to 100 (default: 10).")
    private double pace;

    LocalSettings settings() {
        return settings(Optional::empty);
    }

    /** With a region that counts if neither the command line nor the environment names one. */
    LocalSettings settings(Supplier<Optional<String>> otherwise) {
        String chosen = Optional.ofNullable(region)
                .or(() -> Optional.ofNullable(System.getenv("AWS_REGION")))
                .or(otherwise)
                .orElse(DEFAULT_REGION);
        return new LocalSettings(chosen, pace);
    }
}
