package dev.resilient.loadbalancer;

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
final class GroupState {
    private final TargetGroupSettings settings;
    private final Map<Target, Member> members;
    private final @Nullable Workers workers;
    private final int uses;
    private final List<RoutedTarget> routable;

    private GroupState(TargetGroupSettings settings, Map<Target, Member> members, @Nullable Workers workers, int uses) {
        this.settings = settings;
        this.members = Collections.unmodifiableMap(members);
        this.workers = workers;
        this.uses = uses;
        this.routable = routable(members.values());
    }

    static GroupState empty(TargetGroupSettings settings) {
        return new GroupState(settings, new LinkedHashMap<>(), null, 0);
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
    Workers workers() {
        return workers;
    }

    /** Who may get the next request. */
    List<RoutedTarget> routable() {
        return routable;
    }

    boolean contains(RoutedTarget routed) {
        Member member = members.get(routed.target());
        return member != null && member.routed() == routed;
    }

    GroupState withSettings(TargetGroupSettings newSettings) {
        return new GroupState(newSettings, members, workers, uses);
    }

    /** A listener begins to forward to the group. */
    GroupState used(Workers by) {
        if (workers != null && workers != by) {
            throw new IllegalStateException("the target group is in use by another load balancer");
        }
        return new GroupState(settings, uses == 0 ? rejoined(true) : members, by, uses + 1);
    }

    /** A listener forwards to the group no more. */
    GroupState released() {
        return uses > 1
                ? new GroupState(settings, members, workers, uses - 1)
                : new GroupState(settings, rejoined(false), null, 0);
    }

    private Map<Target, Member> rejoined(boolean inUse) {
        Map<Target, Member> changed = new LinkedHashMap<>();
        members.values().stream()
                .filter(member -> !member.isIn(TargetState.DRAINING))
                .forEach(member -> changed.put(member.target(), Member.joining(member.target(), inUse)));
        return changed;
    }

    GroupState registered(Collection<Target> targets) {
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        for (Target target : targets) {
            Member member = changed.get(target);
            if (member == null || member.isIn(TargetState.DRAINING)) {
                changed.put(target, Member.joining(target, workers != null));
            }
        }
        return new GroupState(settings, changed, workers, uses);
    }

    GroupState deregistered(Collection<Target> targets) {
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        for (Target target : targets) {
            if (workers == null) {
                changed.remove(target);
            } else {
                changed.computeIfPresent(target, (key, member) -> member.with(HealthState.DRAINING));
            }
        }
        return new GroupState(settings, changed, workers, uses);
    }

    GroupState without(RoutedTarget routed) {
        if (!contains(routed)) {
            return this;
        }
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        changed.remove(routed.target());
        return new GroupState(settings, changed, workers, uses);
    }

    /** The same group after a step of one target's health. */
    GroupState withHealth(RoutedTarget routed, UnaryOperator<HealthState> step) {
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
        return new GroupState(settings, changed, workers, uses);
    }
}
