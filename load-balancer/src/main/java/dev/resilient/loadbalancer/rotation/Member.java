package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.HealthState;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetState;
import dev.resilient.time.TimeSource;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A target in its group.
 *
 * @param founder whether it joined an empty group and has not been healthy since: nobody is there to spare it a slow start
 * @param warmingSince when its slow start began, in nanoseconds of the owner's clock; empty if it has none
 * @param weight what comparing it with its peers has come to
 */
record Member(
        Target target,
        HealthState state,
        RoutedTarget routed,
        boolean founder,
        OptionalLong warmingSince,
        Weight weight) {

    static Member joining(Target target, HealthState state, boolean founder) {
        return new Member(target, state, new RoutedTarget(target), founder, OptionalLong.empty(), Weight.NORMAL);
    }

    /** Another state that is not healthy, or healthy as before. */
    Member with(HealthState newState) {
        return newState.health().state() == TargetState.HEALTHY
                ? new Member(target, newState, routed, founder, warmingSince, weight)
                : new Member(target, newState, routed, founder, OptionalLong.empty(), Weight.NORMAL);
    }

    /** Healthy, after it was not. */
    Member recovered(HealthState healthy, OptionalLong newWarmingSince) {
        return new Member(target, healthy, routed, false, newWarmingSince, Weight.NORMAL);
    }

    Member with(Weight newWeight) {
        return new Member(target, state, routed, founder, warmingSince, newWeight);
    }

    TargetHealth health() {
        return state.health();
    }

    boolean isIn(TargetState wanted) {
        return health().state() == wanted;
    }

    /** Whether health checks are made. */
    boolean isChecked() {
        return switch (health().state()) {
            case INITIAL, HEALTHY, UNHEALTHY -> true;
            case UNUSED, DRAINING, UNAVAILABLE -> false;
        };
    }

    /** How much of its slow start is over: from 0 to 1, and 1 without one. */
    double warmth(Duration slowStart, TimeSource time) {
        return warmingSince.isEmpty() ? 1 : warmth(slowStart, time.nanoTime());
    }

    double warmth(Duration slowStart, long nowNanos) {
        return warmingSince.isEmpty() || slowStart.isZero()
                ? 1
                : Math.clamp((double) (nowNanos - warmingSince.getAsLong()) / slowStart.toNanos(), 0, 1);
    }
}
