package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.HealthState;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetState;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a target group at one moment, immutable: each change gives a new value, or the same one where nothing changes. A
 * request reads one of these and needs no lock.
 */
final class RotationState {
    private final TargetGroupSettings settings;
    private final Map<Target, Member> members;
    private final @Nullable Owner owner;
    private final int uses;
    private final List<RoutedTarget> routable;

    private RotationState(TargetGroupSettings settings, Map<Target, Member> members, @Nullable Owner owner, int uses) {
        this.settings = settings;
        this.members = Collections.unmodifiableMap(members);
        this.owner = owner;
        this.uses = uses;
        this.routable = routable(members.values());
    }

    static RotationState empty(TargetGroupSettings settings) {
        return new RotationState(settings, new LinkedHashMap<>(), null, 0);
    }

    /** The healthy ones; or, where there are none, all that are checked: a group with only bad targets fails open. */
    private static List<RoutedTarget> routable(Collection<Member> members) {
        List<RoutedTarget> healthy = members.stream()
                .filter(member -> member.isIn(TargetState.HEALTHY))
                .map(Member::routed)
                .toList();
        return healthy.isEmpty()
                ? members.stream().filter(Member::isChecked).map(Member::routed).toList()
                : healthy;
    }

    TargetGroupSettings settings() {
        return settings;
    }

    Map<Target, Member> members() {
        return members;
    }

    /** The load balancer whose listeners forward to the group; null while none does. */
    @Nullable
    Owner owner() {
        return owner;
    }

    /** Who may get the next request. */
    List<RoutedTarget> routable() {
        return routable;
    }

    boolean contains(RoutedTarget routed) {
        Member member = members.get(routed.target());
        return member != null && member.routed() == routed;
    }

    RotationState withSettings(TargetGroupSettings newSettings) {
        return new RotationState(newSettings, members, owner, uses);
    }

    /** A listener begins to forward to the group. */
    RotationState used(Owner by) {
        if (owner != null && !owner.equals(by)) {
            throw new IllegalStateException("the target group is in use by another load balancer");
        }
        return new RotationState(settings, uses == 0 ? rejoined(true) : members, by, uses + 1);
    }

    /** A listener forwards to the group no more. */
    RotationState released() {
        return uses > 1
                ? new RotationState(settings, members, owner, uses - 1)
                : new RotationState(settings, rejoined(false), null, 0);
    }

    private Map<Target, Member> rejoined(boolean inUse) {
        Map<Target, Member> changed = new LinkedHashMap<>();
        members.values().stream()
                .filter(member -> !member.isIn(TargetState.DRAINING))
                .forEach(member -> changed.put(member.target(), Member.joining(member.target(), inUse)));
        return changed;
    }

    RotationState registered(Collection<Target> targets) {
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        for (Target target : targets) {
            Member member = changed.get(target);
            if (member == null || member.isIn(TargetState.DRAINING)) {
                changed.put(target, Member.joining(target, owner != null));
            }
        }
        return new RotationState(settings, changed, owner, uses);
    }

    RotationState deregistered(Collection<Target> targets) {
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        for (Target target : targets) {
            if (owner == null) {
                changed.remove(target);
            } else {
                changed.computeIfPresent(target, (key, member) -> member.with(HealthState.DRAINING));
            }
        }
        return new RotationState(settings, changed, owner, uses);
    }

    RotationState without(RoutedTarget routed) {
        if (!contains(routed)) {
            return this;
        }
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        changed.remove(routed.target());
        return new RotationState(settings, changed, owner, uses);
    }

    /** The same group after a step of one target's health. */
    RotationState withHealth(RoutedTarget routed, UnaryOperator<HealthState> step) {
        Member member = members.get(routed.target());
        if (member == null || member.routed() != routed) {
            return this;
        }
        HealthState stepped = step.apply(member.state());
        if (stepped.equals(member.state())) {
            return this;
        }
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        changed.put(routed.target(), member.with(stepped));
        return new RotationState(settings, changed, owner, uses);
    }
}
