package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Refresh;
import dev.resilient.cloud.autoscaling.group.TrackingPolicy;
import dev.resilient.cloud.autoscaling.group.Transition;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import java.util.List;
import java.util.Optional;

/** One thing to do for a group. */
public sealed interface Step {

    /** Launch an instance in a zone. */
    record Launch(String zone, String cause) implements Step {}

    /** Wait before the next launch, since an instance ended before it had proven itself. */
    record BackOff() implements Step {}

    /** Bring a target group's attachment further. */
    record AdvanceAttachment(String targetGroupArn) implements Step {}

    /** Bring an instance refresh further. */
    record AdvanceRefresh(Refresh next) implements Step {}

    /** Write down what scaling policies have seen, and change the desired capacity if they want that. */
    record Track(List<TrackingPolicy> seen, Optional<TargetTracking.Change> change) implements Step {
        /** Keeps its own copy of the policies. */
        public Track {
            seen = List.copyOf(seen);
        }
    }

    /** Remove a deleted group that is empty. */
    record RemoveGroup() implements Step {}

    /** One thing to do for an instance of the group. */
    sealed interface OfMember extends Step {
        String instanceId();
    }

    /** Make an instance wait for whoever has hooked into a transition. */
    record Await(String instanceId, Transition transition) implements OfMember {}

    /**
     * Bring an instance into its next phase: registered with the target groups before it serves, deregistered before it drains,
     * terminated before it shuts down.
     */
    record Enter(String instanceId, Phase next) implements OfMember {}

    /** Write down that an instance is unhealthy. */
    record MarkUnhealthy(String instanceId, Unhealthy found) implements OfMember {}

    /** Begin to take an instance out. */
    record Select(String instanceId, String cause) implements OfMember {}

    /** Let go of an instance that is terminated, or detached. */
    record Forget(String instanceId) implements OfMember {}
}
