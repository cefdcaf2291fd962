package dev.resilient.loadbalancer.target;

/**
 * The health of one target as a state machine: each transition gives a new value, or the same one where nothing changes.
 *
 * <p>A new target needs one success; from then on thresholds of successes or failures in a row decide.
 *
 * @param health what is shown
 * @param successes in a row, counted while unhealthy
 * @param failures in a row, counted while initial or healthy
 */
public record HealthState(TargetHealth health, int successes, int failures) {

    public static final HealthState REGISTERED = of(TargetState.INITIAL, TargetReason.REGISTRATION_IN_PROGRESS);
    public static final HealthState NOT_IN_USE = of(TargetState.UNUSED, TargetReason.NOT_IN_USE);
    public static final HealthState ZONE_NOT_ENABLED = new HealthState(TargetHealth.ZONE_NOT_ENABLED, 0, 0);
    public static final HealthState DRAINING = of(TargetState.DRAINING, TargetReason.DEREGISTRATION_IN_PROGRESS);
    private static final HealthState CHECKING = of(TargetState.INITIAL, TargetReason.INITIAL_HEALTH_CHECKING);
    private static final HealthState HEALTHY = new HealthState(TargetHealth.HEALTHY, 0, 0);

    private static HealthState of(TargetState state, TargetReason reason) {
        return new HealthState(TargetHealth.of(state, reason), 0, 0);
    }

    /** A health check is on its way. */
    public HealthState checkStarted() {
        return equals(REGISTERED) ? CHECKING : this;
    }

    /** A health check ended. */
    public HealthState checked(CheckResult result, HealthCheck settings) {
        boolean success = result instanceof CheckResult.Answered answered
                && settings.matcher().matches(answered.status());
        return switch (health.state()) {
            case INITIAL, HEALTHY -> success ? HEALTHY : failed(result, settings);
            case UNHEALTHY -> success ? recovering(settings) : new HealthState(unhealthy(result), 0, 0);
            case UNUSED, DRAINING, UNAVAILABLE -> this;
        };
    }

    private HealthState failed(CheckResult result, HealthCheck settings) {
        int inARow = failures + 1;
        return inARow >= settings.unhealthyThreshold()
                ? new HealthState(unhealthy(result), 0, 0)
                : new HealthState(checkStarted().health, 0, inARow);
    }

    private HealthState recovering(HealthCheck settings) {
        int inARow = successes + 1;
        return inARow >= settings.healthyThreshold() ? HEALTHY : new HealthState(health, inARow, 0);
    }

    private static TargetHealth unhealthy(CheckResult result) {
        return switch (result) {
            case CheckResult.Answered answered -> TargetHealth.mismatch(answered.status());
            case CheckResult.TimedOut() -> TargetHealth.of(TargetState.UNHEALTHY, TargetReason.TIMEOUT);
            case CheckResult.NoAnswer() -> TargetHealth.of(TargetState.UNHEALTHY, TargetReason.FAILED_HEALTH_CHECKS);
            case CheckResult.NotMade() -> TargetHealth.of(TargetState.UNHEALTHY, TargetReason.INTERNAL_ERROR);
        };
    }
}
