package dev.resilient.cloud.autoscaling.group;

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
public sealed interface Phase {

    /** As the API calls it. */
    default LifecycleState state() {
        return switch (this) {
            case Pending pending -> LifecycleState.PENDING;
            case Waiting waiting ->
                switch (waiting.transition()) {
                    case LAUNCHING -> waiting.isHeld() ? LifecycleState.PENDING_WAIT : LifecycleState.PENDING_PROCEED;
                    case TERMINATING ->
                        waiting.isHeld() ? LifecycleState.TERMINATING_WAIT : LifecycleState.TERMINATING_PROCEED;
                };
            case InService inService -> LifecycleState.IN_SERVICE;
            case Selected selected -> selected.exit().state();
            case Draining draining -> draining.exit().state();
            case ShuttingDown shuttingDown -> LifecycleState.TERMINATING;
            case Standby standby -> LifecycleState.STANDBY;
        };
    }

    /** The activity that is under way, by its id. */
    default Optional<String> underWay() {
        return this instanceof Active active ? Optional.of(active.activity()) : Optional.empty();
    }

    /** A phase that is part of an activity. */
    sealed interface Active extends Phase {
        String activity();
    }

    /** On its way into service: it was launched, attached or called back from standby. */
    record Pending(String activity) implements Active {}

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
        /** Keeps its own copy of the actions. */
        public Waiting {
            actions = List.copyOf(actions);
        }

        /** Whether it may not proceed. */
        public boolean isHeld() {
            return abandoned != null || !actions.isEmpty();
        }

        /** Those of a hook: one, or none. */
        public List<LifecycleAction> actions(String hook) {
            return actions.stream()
                    .filter(action -> action.hook().lifecycleHookName().equals(hook))
                    .toList();
        }

        /** The first action that has not been completed in time. */
        public Optional<LifecycleAction> expired(Instant now) {
            return actions.stream()
                    .filter(action -> !now.isBefore(action.deadline()))
                    .findFirst();
        }

        /**
         * With one action completed. Who abandons ends the other actions too, and a launch for good.
         *
         * @param how the action came to its end, for who abandons
         */
        public Waiting completed(LifecycleAction completed, boolean continues, String how) {
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
    record InService(Instant since) implements Phase {}

    /** Chosen to leave, and still registered with the target groups. */
    record Selected(String activity, Exit exit) implements Active {}

    /** Deregistered; requests in flight may finish. */
    record Draining(String activity, Exit exit) implements Active {}

    /** EC2 was told to terminate it. */
    record ShuttingDown(String activity) implements Active {}

    /** Set aside: in the group, neither serving nor checked. */
    record Standby() implements Phase {}

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
        public String verb() {
            return verb;
        }

        /** As the API calls it on its way there. */
        public LifecycleState state() {
            return state;
        }
    }
}
