package dev.resilient.cloud.identity;

import dev.resilient.wire.Caller;
import java.util.Optional;

/** Knows the principals behind callers, as they are now. Thread-safe. */
@FunctionalInterface
public interface PrincipalDirectory {

    /**
     * The user or role that {@code caller} acts as; empty if it is gone, also when another one with the same name has taken
     * its place.
     */
    Optional<Principal> find(Caller caller);

    /** Whether there is one; without what it may do, which takes longer to gather. */
    default boolean knows(Caller caller) {
        return find(caller).isPresent();
    }
}
