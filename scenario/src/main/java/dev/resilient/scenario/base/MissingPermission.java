package dev.resilient.scenario.base;

/** AWS denies a call to these credentials, now and whenever it is tried again; the sentence says which permission is missing. */
public final class MissingPermission extends ScenarioException {

    /** A denial, and what AWS said. */
    MissingPermission(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
