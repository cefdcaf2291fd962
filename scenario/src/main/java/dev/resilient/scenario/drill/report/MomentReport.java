package dev.resilient.scenario.drill.report;

/**
 * Something that happened in a drill.
 *
 * @param atMillis when
 * @param kind {@code fault}, {@code undo}, {@code change} (what was done to the service), {@code target} (what the load balancer
 *     said), {@code expectation} (a claim was decided), {@code users} (what users noticed)
 * @param text in a few words
 */
public record MomentReport(long atMillis, String kind, String text) {}
