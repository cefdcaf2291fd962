package dev.resilient.scenario.guard;

/**
 * What an instance last wrote of itself.
 *
 * @param instanceId which instance
 * @param zone its Availability Zone
 * @param beat how many it has written; only whether it changes counts, so that nobody's clock has to be right
 * @param working whether its deep health check succeeded
 * @param version of the server that wrote it
 */
public record Heartbeat(String instanceId, String zone, long beat, boolean working, String version) {}
