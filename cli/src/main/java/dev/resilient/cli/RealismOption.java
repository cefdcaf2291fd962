package dev.resilient.cli;

import dev.resilient.cli.target.LocalSettings;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that starts a local cloud on purpose: whether it has AWS's bad days. */
final class RealismOption {
    private static final String ANY = "any";
    private static final int SEEDS = 1_000_000;

    @Option(
            names = "--realism",
            arity = "0..1",
            fallbackValue = ANY,
            paramLabel = "SEED",
            description =
                    "Let the local cloud behave as AWS does on a bad day: calls are throttled and fail, changes take"
                            + " seconds to be seen, what is let go of lingers. The same seed brings the same day"
                            + " (default: a random seed, which is printed).")
    private @Nullable String seed;

    /** The settings with what the user says about bad days. */
    LocalSettings in(LocalSettings settings) {
        String chosen = seed;
        if (chosen == null) {
            return settings;
        }
        return settings.withRealism(chosen.equals(ANY) ? new SecureRandom().nextInt(SEEDS) : number(chosen));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException other) {
            throw new IllegalArgumentException(
                    "A seed (--realism=SEED) is a whole number, but this is \"" + text + "\".", other);
        }
    }
}
