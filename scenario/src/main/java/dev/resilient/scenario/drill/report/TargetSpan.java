package dev.resilient.scenario.drill.report;

import org.jspecify.annotations.Nullable;

/**
 * For how long a target was in one state, as far as looking now and then can tell.
 *
 * @param instanceId the target
 * @param zone its Availability Zone, if known
 * @param state as Elastic Load Balancing names it: {@code healthy}, {@code unhealthy}, {@code draining}, ...
 * @param reason its reason code, such as {@code Target.Timeout}; null if there is none
 * @param fromMillis when it was first seen so
 * @param toMillis when it was first seen otherwise, or the drill ended
 */
public record TargetSpan(
        String instanceId,
        @Nullable String zone,
        String state,
        @Nullable String reason,
        long fromMillis,
        long toMillis) {}
