package dev.resilient.scenario.phase;

import java.util.List;
import java.util.Optional;

/**
 * Something that is done, and what must become true because of it. Requests are sent all the while.
 *
 * @param action what is done
 * @param expectations what must become true
 */
public record Step(Action action, List<Expectation> expectations) {

    /** Copies the list. */
    public Step {
        expectations = List.copyOf(expectations);
    }

    /** Nothing is done; this is how things are. */
    public static Step steady(Expectation... expectations) {
        return new Step(_ -> Optional.empty(), List.of(expectations));
    }

    /** Something is done to the service as a whole. */
    static Step after(ServiceAction action, Expectation... expectations) {
        return new Step(
                levers -> {
                    action.perform(levers);
                    return Optional.empty();
                },
                List.of(expectations));
    }

    /** Something is done to one instance. */
    static Step afterOnInstance(InstanceAction action, Expectation... expectations) {
        return new Step(levers -> Optional.of(action.perform(levers)), List.of(expectations));
    }

    /** What is done. */
    @FunctionalInterface
    public interface Action {
        /** Does it, and tells which instance the expectations are about, if they are about one. */
        Optional<String> perform(Levers levers);
    }

    /** What is done to the service as a whole. */
    @FunctionalInterface
    interface ServiceAction {
        void perform(Levers levers);
    }

    /** What is done to one instance. */
    @FunctionalInterface
    interface InstanceAction {
        String perform(Levers levers);
    }
}
