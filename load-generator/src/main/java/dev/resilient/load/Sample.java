package dev.resilient.load;

/**
 * One finished request.
 *
 * @param dueNanos when it was to be sent, by the time source's {@code nanoTime}
 * @param latencyNanos from then until the whole response was there, or it was known that there would be none
 * @param outcome what became of it
 */
public record Sample(long dueNanos, long latencyNanos, Outcome outcome) {}
