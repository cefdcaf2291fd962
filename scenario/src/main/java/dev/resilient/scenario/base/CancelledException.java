package dev.resilient.scenario.base;

/** The user stopped the scenario. Whoever started something that needs undoing undoes it and passes this on. */
public final class CancelledException extends ScenarioException {

    /** Says that the scenario was stopped. */
    public CancelledException() {
        super("The scenario was stopped.");
    }
}
