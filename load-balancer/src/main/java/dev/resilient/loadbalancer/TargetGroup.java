package dev.resilient.loadbalancer;

import java.util.Collection;
import java.util.List;

/**
 * Targets that are interchangeable, and how they are checked and chosen. It lives by itself; its targets are checked and used while
 * a listener forwards to it, and unused otherwise. All listeners that forward to it belong to one load balancer. Thread-safe; no
 * method blocks.
 */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class TargetGroup {

    /** A group without targets. */
    public TargetGroup(String name, TargetGroupSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** Its name in events. */
    public String name() {
        throw new UnsupportedOperationException();
    }

    /** Its settings now. */
    public TargetGroupSettings settings() {
        throw new UnsupportedOperationException();
    }

    /** Replaces the settings; checks go on with the new ones, and verdicts reached so far stand. */
    public void setSettings(TargetGroupSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** Adds targets; one that is registered already stays as it is, one that is draining begins anew. */
    public void register(Collection<Target> targets) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stops sending requests to the targets. They are draining for the deregistration delay, then gone, and a request still in
     * flight then ends with 502. In a group that is not in use they are gone at once. Unknown targets are ignored.
     */
    public void deregister(Collection<Target> targets) {
        throw new UnsupportedOperationException();
    }

    /** Registered and draining targets with their health, in order of registration. */
    public List<TargetStatus> targets() {
        throw new UnsupportedOperationException();
    }

    /** How many requests are in flight to {@code target}; 0 if it is unknown. */
    public int requestsInFlight(Target target) {
        throw new UnsupportedOperationException();
    }
}
