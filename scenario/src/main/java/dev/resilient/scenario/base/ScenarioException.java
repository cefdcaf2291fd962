package dev.resilient.scenario.base;

/** A failure that a person can act on: its message is a sentence that says what is wrong, and where known what to do. */
public class ScenarioException extends RuntimeException {

    /** A failure without a cause of its own. */
    public ScenarioException(String sentence) {
        super(sentence);
    }

    /** A failure that something else caused. */
    public ScenarioException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
