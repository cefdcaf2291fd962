package dev.resilient.scenario.resource;

import java.util.List;

/**
 * Something that a deployment consists of. It is found by name and tag and never by memory, so that creating converges after an
 * interruption, and deleting works from anywhere. Something of the same name without the deployment's tag is not ours: creating
 * refuses it, and the rest does not see it.
 */
public interface Resource {

    /** What creating came to. */
    enum Creation {
        /** It is new, or a part of it is. */
        CREATED,
        /** It was there. */
        FOUND
    }

    /** What kind of thing it is, as in "load balancer". */
    String kind();

    /** Its name. */
    String name();

    /**
     * Looks whether the name is free or ours, and changes nothing.
     *
     * @throws dev.resilient.scenario.base.ScenarioException if something of that name belongs to somebody else
     */
    default void claim() {}

    /**
     * Makes what is not there yet.
     *
     * @throws dev.resilient.scenario.base.ScenarioException if something of that name belongs to somebody else, or if AWS does
     *     not get there in time
     */
    Creation create();

    /**
     * Removes whatever is there, and waits until it is gone where others depend on that.
     *
     * @return whether there was anything
     */
    boolean delete();

    /** What there is of it now, each thing in a few words; empty when there is nothing. */
    List<String> existing();
}
