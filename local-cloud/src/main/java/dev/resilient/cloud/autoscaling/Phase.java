package dev.resilient.cloud.autoscaling;

import java.time.Instant;
import java.util.Optional;

/**
 * Where an instance is in its life in a group.
 *
 * <pre>
 * Pending ─▶ InService ─▶ Selected ─▶ Draining ─┬─▶ ShuttingDown ─▶ gone
 *    ▲                                          ├─▶ gone, and lives on
 *    └───────────────── Standby ◀───────────────┘
 * </pre>
 */
sealed interface Phase {

    /** As the API calls it. */
    LifecycleState state();

    /** The activity that is under way, by its id. */
    default Optional<String> underWay() {
        return Optional.empty();
    }

    /** On its way into service: it was launched, attached or called back from standby. */
    record Pending(String activity) implements Phase {
        @Override
        public LifecycleState state() {
            return LifecycleState.PENDING;
        }

        @Override
        public Optional<String> underWay() {
            return Optional.of(activity);
        }
    }

    /** It serves. */
    record InService(Instant since) implements Phase {
        @Override
        public LifecycleState state() {
            return LifecycleState.IN_SERVICE;
        }
    }

    /** Chosen to leave, and still registered with the target groups. */
    record Selected(String activity, Exit exit) implements Phase {
        @Override
        public LifecycleState state() {
            return exit.state();
        }

        @Override
        public Optional<String> underWay() {
            return Optional.of(activity);
        }
    }

    /** Deregistered; requests in flight may finish. */
    record Draining(String activity, Exit exit) implements Phase {
        @Override
        public LifecycleState state() {
            return exit.state();
        }

        @Override
        public Optional<String> underWay() {
            return Optional.of(activity);
        }
    }

    /** EC2 was told to terminate it. */
    record ShuttingDown(String activity) implements Phase {
        @Override
        public LifecycleState state() {
            return LifecycleState.TERMINATING;
        }

        @Override
        public Optional<String> underWay() {
            return Optional.of(activity);
        }
    }

    /** Set aside: in the group, neither serving nor checked. */
    record Standby() implements Phase {
        @Override
        public LifecycleState state() {
            return LifecycleState.STANDBY;
        }
    }

    /** Where an instance goes that leaves service. */
    enum Exit {
        TERMINATION("terminate", LifecycleState.TERMINATING),
        /** Out of the group, and alive. */
        DETACHMENT("detach", LifecycleState.DETACHING),
        STANDBY("place into standby", LifecycleState.ENTERING_STANDBY);

        private final String verb;
        private final LifecycleState state;

        Exit(String verb, LifecycleState state) {
            this.verb = verb;
            this.state = state;
        }

        /** As an error message says it. */
        String verb() {
            return verb;
        }

        LifecycleState state() {
            return state;
        }
    }
}
