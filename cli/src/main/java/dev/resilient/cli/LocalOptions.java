package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import picocli.CommandLine.Option;

/** Options about the local cloud. */
final class LocalOptions {
    private static final double DEFAULT_PACE = 10;

    @Option(
            names = "--region",
            defaultValue = "${env:AWS_REGION:-us-west-2}",
            description = "AWS region (default: AWS_REGION, or us-west-2).")
    private String region;

    @Option(
            names = "--pace",
            defaultValue = "" + DEFAULT_PACE,
            description = "How much faster than AWS the local cloud lets waiting pass, 1 to 100 (default: 10).")
    private double pace;

    LocalSettings settings() {
        return new LocalSettings(region, pace);
    }
}
