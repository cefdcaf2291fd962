package dev.resilient.scenario.report;

/**
 * What became of one expectation.
 *
 * @param text the claim
 * @param held whether it was seen to be true in time
 * @param observed what was seen
 * @param withinMillis the time that it had
 */
public record ExpectationReport(String text, boolean held, String observed, long withinMillis) {}
