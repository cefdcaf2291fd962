package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.http.RequestHead;
import dev.resilient.loadbalancer.target.CheckResult;
import dev.resilient.loadbalancer.target.HealthCheck;
import dev.resilient.loadbalancer.target.HealthState;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetHealth;
import dev.resilient.loadbalancer.target.TargetReason;
import dev.resilient.loadbalancer.target.TargetState;
import dev.resilient.loadbalancer.target.TargetStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The targets of one group: who gets the next request, and how each change of a target's registration, health or settings is carried
 * out. Checked and used while a listener forwards to it, and unused otherwise. Thread-safe; no method blocks.
 */
public final class Rotation {
    private static final TargetHealth NOT_REGISTERED = TargetHealth.of(TargetState.UNUSED, TargetReason.NOT_REGISTERED);
    private final String name;
    private final AtomicReference<RotationState> state;

    /** A group without targets. */
    public Rotation(String name, TargetGroupSettings settings) {
        this.name = name;
        this.state = new AtomicReference<>(RotationState.empty(name, settings));
    }

    /** Its name in events. */
    public String name() {
        return name;
    }

    /** Its settings now. */
    public TargetGroupSettings settings() {
        return state.get().settings();
    }

    /** Replaces the settings; checks go on with the new ones, and verdicts reached so far stand. */
    public void setSettings(TargetGroupSettings settings) {
        update(now -> now.withSettings(settings));
    }

    /** Adds targets; one that is registered already stays as it is, one that is draining begins anew. */
    public void register(Collection<Target> targets) {
        update(now -> now.registered(targets));
    }

    /**
     * Stops sending requests to the targets. They are draining for the deregistration delay, then gone, and a request still in
     * flight then ends with 502. Those that are unused are gone at once. Unknown targets are ignored.
     */
    public void deregister(Collection<Target> targets) {
        update(now -> now.deregistered(targets));
    }

    /** Registered and draining targets with their health, in order of registration. */
    public List<TargetStatus> targets() {
        return state.get().members().values().stream()
                .map(member -> new TargetStatus(
                        member.target(), member.health(), member.weight().shown()))
                .toList();
    }

    /** The health of one target, which need not be registered. */
    public TargetHealth health(Target target) {
        Member member = state.get().members().get(target);
        return member == null ? NOT_REGISTERED : member.health();
    }

    /** How many requests are in flight to {@code target}; 0 if it is unknown. */
    public int requestsInFlight(Target target) {
        Member member = state.get().members().get(target);
        return member == null ? 0 : member.routed().inFlight();
    }

    /** A listener of these owner begins to forward here. */
    public void use(Owner owner) {
        update(now -> now.used(owner));
    }

    /** The owner's zones are others than they were. */
    public void zonesChanged() {
        update(RotationState::rezoned);
    }

    /** A listener forwards here no more. */
    public void release() {
        update(RotationState::released);
    }

    /**
     * The target for a request; null if there is none.
     *
     * @param zone by which the request came in; null if the load balancer knows no zones
     */
    @Nullable
    public Choice choose(RequestHead request, @Nullable String zone) {
        RotationState now = state.get();
        Use use = now.use();
        String within = now.settings().crossZone() ? null : zone;
        List<Member> routable = now.zones().routable(within);
        return use == null || routable.isEmpty() ? null : use.choose(request, routable, within);
    }

    /** Whether so few targets are healthy that requests which came in by this zone go to those that are not, too. */
    public boolean failsOpen(@Nullable String zone) {
        RotationState now = state.get();
        return now.zones().failOpen(now.settings().crossZone() ? null : zone);
    }

    /** Whether enough targets are healthy that clients may be sent to this zone. */
    public boolean isHealthyIn(String zone) {
        return state.get().zones().isHealthy(zone);
    }

    /** The settings by which to check a target; empty if it is not to be checked any more. */
    public Optional<HealthCheck> checkOf(RoutedTarget routed) {
        RotationState now = state.get();
        Member member = now.members().get(routed.target());
        return member != null && member.routed() == routed && member.isChecked()
                ? Optional.of(now.settings().healthCheck())
                : Optional.empty();
    }

    public void checkStarted(RoutedTarget routed) {
        step(routed, (health, settings) -> health.checkStarted());
    }

    public void checked(RoutedTarget routed, CheckResult result) {
        step(routed, (health, settings) -> health.checked(result, settings));
    }

    private void step(RoutedTarget routed, BiFunction<HealthState, HealthCheck, HealthState> step) {
        update(now -> {
            Owner owner = now.owner();
            return owner == null
                    ? now
                    : now.withHealth(
                            routed,
                            health -> step.apply(health, now.settings().healthCheck()),
                            owner.time().nanoTime());
        });
    }

    private void update(UnaryOperator<RotationState> change) {
        RotationState before;
        RotationState after;
        do {
            before = state.get();
            after = change.apply(before);
        } while (!state.compareAndSet(before, after));
        Owner owner = after.owner() == null ? before.owner() : after.owner();
        if (after != before && owner != null) {
            follow(before, after, owner);
        }
    }

    /** Does what a change of state calls for: whoever makes a change also follows it up. */
    private void follow(RotationState before, RotationState after, Owner owner) {
        if (before.use() == null && after.use() != null) {
            compareLater(after.use());
        }
        boolean newCheck =
                !before.settings().healthCheck().equals(after.settings().healthCheck());
        for (Member member : after.members().values()) {
            Member old = before.members().get(member.target());
            boolean joined = old == null || old.routed() != member.routed();
            if (member.isChecked() && (joined || newCheck)) {
                owner.check(this, member.routed());
            }
            if (member.isIn(TargetState.DRAINING) && old != null && !old.isIn(TargetState.DRAINING)) {
                owner.after(after.settings().deregistrationDelay(), () -> drained(member.routed()));
            }
            publish(owner, member.target(), old == null ? NOT_REGISTERED : old.health(), member.health());
        }
        for (Member old : before.members().values()) {
            if (!after.members().containsKey(old.target())) {
                publish(owner, old.target(), old.health(), NOT_REGISTERED);
            }
        }
    }

    private void compareLater(Use use) {
        use.owner().after(use.owner().anomalyInterval(), () -> compare(use.detector()));
    }

    private void compare(AnomalyDetector detector) {
        RotationState now = state.get();
        Use use = now.use();
        if (use == null || use.detector() != detector) {
            return;
        }
        boolean mitigate = now.settings().algorithm() instanceof RoutingAlgorithm.WeightedRandom(boolean on) && on;
        Map<RoutedTarget, Weight> weights = detector.compare(now.healthy(), mitigate);
        update(then -> then.withWeights(weights));
        compareLater(use);
    }

    private void drained(RoutedTarget routed) {
        update(now -> now.without(routed));
        routed.retire();
    }

    private void publish(Owner owner, Target target, TargetHealth before, TargetHealth after) {
        if (!before.equals(after)) {
            owner.healthChanged(name, target, before, after);
        }
    }
}
