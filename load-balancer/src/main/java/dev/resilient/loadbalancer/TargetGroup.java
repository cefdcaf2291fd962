package dev.resilient.loadbalancer;

import dev.resilient.loadbalancer.rotation.Rotation;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetStatus;
import java.util.Collection;
import java.util.List;

/**
 * Targets that are interchangeable, and how they are checked and chosen. It lives by itself; its targets are checked and used while
 * a listener forwards to it, and unused otherwise. All listeners that forward to it belong to one load balancer. Thread-safe; no
 * method blocks.
 */
public final class TargetGroup {
    private final Rotation rotation;

    /** A group without targets. */
    public TargetGroup(String name, TargetGroupSettings settings) {
        rotation = new Rotation(name, settings);
    }

    /** Its name in events. */
    public String name() {
        return rotation.name();
    }

    /** Its settings now. */
    public TargetGroupSettings settings() {
        return rotation.settings();
    }

    /** Replaces the settings; checks go on with the new ones, and verdicts reached so far stand. */
    public void setSettings(TargetGroupSettings settings) {
        rotation.setSettings(settings);
    }

    /** Adds targets; one that is registered already stays as it is, one that is draining begins anew. */
    public void register(Collection<Target> targets) {
        rotation.register(targets);
    }

    /**
     * Stops sending requests to the targets. They are draining for the deregistration delay, then gone, and a request still in
     * flight then ends with 502. Those that are unused are gone at once. Unknown targets are ignored.
     */
    public void deregister(Collection<Target> targets) {
        rotation.deregister(targets);
    }

    /** Registered and draining targets with their health, in order of registration. */
    public List<TargetStatus> targets() {
        return rotation.targets();
    }

    /** The health of one target, which need not be registered. */
    public TargetHealth health(Target target) {
        return rotation.health(target);
    }

    /** How many requests are in flight to {@code target}; 0 if it is unknown. */
    public int requestsInFlight(Target target) {
        return rotation.requestsInFlight(target);
    }

    Rotation rotation() {
        return rotation;
    }
}
