package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.HealthState;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetState;

/** A target in its group. */
record Member(Target target, HealthState state, RoutedTarget routed) {

    static Member joining(Target target, boolean groupInUse) {
        return new Member(
                target, groupInUse ? HealthState.REGISTERED : HealthState.NOT_IN_USE, new RoutedTarget(target));
    }

    Member with(HealthState newState) {
        return new Member(target, newState, routed);
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
}
