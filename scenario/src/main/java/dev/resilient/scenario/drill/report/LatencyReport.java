package dev.resilient.scenario.drill.report;

/**
 * How long answers took, each from when its request was to be sent; all 0 without answers.
 *
 * @param p50Millis half of them took no longer
 * @param p90Millis nine of ten
 * @param p99Millis 99 of 100
 * @param p999Millis 999 of 1,000
 * @param maxMillis the slowest
 */
public record LatencyReport(
        double p50Millis, double p90Millis, double p99Millis, double p999Millis, double maxMillis) {}
