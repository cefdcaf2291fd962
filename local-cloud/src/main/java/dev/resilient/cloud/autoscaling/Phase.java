package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.LifecycleHook.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Where an instance is in its life in a group.
 *
 * <pre>
 * Pending ─▶ Waiting ─▶ InService ─▶ Selected ─▶ Draining ─┬─▶ Waiting ─▶ ShuttingDown ─▶ gone
 *    ▲                                                     ├─▶ gone, and lives on
 *    └────────────────────── Standby ◀─────────────────────┘
 * </pre>
 *
 * It waits only where there are lifecycle hooks.
 */
sealed interface Phase {

    /** As the API calls it. */
    LifecycleState state();

    /** The activity that is under way, by its id. */
    default Optional<String> underWay() {
        return Optional.empty();
    }

    /** A phase that is part of an activity. */
    sealed interface Active extends Phase {
        String activity();

        @Override
        default Optional<String> underWay() {
            return Optional.of(activity());
        }
    }

    /** On its way into service: it was launched, attached or called back from standby. */
    record Pending(String activity) implements Active {
        @Override
        public LifecycleState state() {
            return LifecycleState.PENDING;
        }
    }

    /**
     * At a transition that lifecycle hooks hold up.
     *
     * @param actions those that are not completed; without any, the instance may proceed
     * @param abandoned why it may not, and has to be terminated; null if nobody said so
     */
    record Waiting(
            String activity,
            Transition transition,
            List<LifecycleAction> actions,
            @Nullable String abandoned) implements Active {
        public Waiting {
            actions = List.copyOf(actions);
        }

        @Override
        public LifecycleState state() {
            boolean waits = abandoned != null || !actions.isEmpty();
            return switch (transition) {
                case LAUNCHING -> waits ? LifecycleState.PENDING_WAIT : LifecycleState.PENDING_PROCEED;
                case TERMINATING -> waits ? LifecycleState.TERMINATING_WAIT : LifecycleState.TERMINATING_PROCEED;
            };
        }

        /** The first action that has not been completed in time. */
        Optional<LifecycleAction> expired(Instant now) {
            return actions.stream()
                    .filter(action -> !now.isBefore(action.deadline()))
                    .findFirst();
        }

        /**
         * With one action completed. Who abandons ends the other actions too, and a launch for good.
         *
         * @param how the action came to its end, for who abandons
         */
        Waiting completed(LifecycleAction completed, boolean continues, String how) {
            List<LifecycleAction> left = continues
                    ? actions.stream()
                            .filter(action -> !action.token().equals(completed.token()))
                            .toList()
                    : List.of();
            boolean ends = !continues && transition == Transition.LAUNCHING;
            return new Waiting(
                    activity,
                    transition,
                    left,
                    ends
                            ? "Instance failed to complete user's Lifecycle Action: Lifecycle Action with token "
                                    + completed.token() + " was abandoned: " + how
                            : abandoned);
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
    record Selected(String activity, Exit exit) implements Active {
        @Override
        public LifecycleState state() {
            return exit.state();
        }
    }

    /** Deregistered; requests in flight may finish. */
    record Draining(String activity, Exit exit) implements Active {
        @Override
        public LifecycleState state() {
            return exit.state();
        }
    }

    /** EC2 was told to terminate it. */
    record ShuttingDown(String activity) implements Active {
        @Override
        public LifecycleState state() {
            return LifecycleState.TERMINATING;
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
