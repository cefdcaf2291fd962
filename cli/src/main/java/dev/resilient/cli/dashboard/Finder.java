package dev.resilient.cli.dashboard;

import dev.resilient.scenario.Scenario;
import java.util.Optional;

/** Finds the scenario that the page is to be about, each time that somebody looks. Called on one thread. */
@FunctionalInterface
public interface Finder {

    /**
     * The scenario; empty if there is no place where it could be.
     *
     * @throws RuntimeException whose message says to a person why it cannot be found
     */
    Optional<Scenario> find();

    /** In a sentence, why there is nothing to be found; empty while it may still come by itself. */
    default Optional<String> absence() {
        return Optional.empty();
    }

    /** What was found last does not answer. */
    default void lost() {}
}
