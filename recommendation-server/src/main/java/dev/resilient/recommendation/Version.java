package dev.resilient.recommendation;

import java.util.Optional;

/** Which server this is. */
final class Version {
    /** The version in the jar's manifest; {@code unknown} when it runs from anywhere else. */
    static final String RUNNING = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("unknown");

    private Version() {}
}
