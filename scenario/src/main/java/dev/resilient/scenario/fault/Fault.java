package dev.resilient.scenario.fault;

import dev.resilient.scenario.base.Environment;
import java.util.List;

/** Something that goes wrong. */
public interface Fault {

    /** What happens, in a few words. */
    String text();

    /**
     * Makes it happen. Whatever is needed to undo it is noted before the act, so that it can be undone however far this comes.
     *
     * @return the instances that it strikes; none when it strikes the service as a whole
     */
    List<String> strike(Scene scene);

    /** Removes what an earlier one has left that nobody could undo. By default there is nothing that is not found otherwise. */
    default void clear(Environment environment) {}
}
