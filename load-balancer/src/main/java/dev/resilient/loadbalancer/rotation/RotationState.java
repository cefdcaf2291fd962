package dev.resilient.loadbalancer.rotation;

import dev.resilient.loadbalancer.target.HealthState;
import dev.resilient.loadbalancer.target.RoutingAlgorithm;
import dev.resilient.loadbalancer.target.Target;
import dev.resilient.loadbalancer.target.TargetGroupSettings;
import dev.resilient.loadbalancer.target.TargetState;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a target group at one moment, immutable: each change gives a new value, or the same one where nothing changes. A
 * request reads one of these and needs no lock.
 */
final class RotationState {
    private final String name;
    private final TargetGroupSettings settings;
    private final Map<Target, Member> members;
    private final @Nullable Use use;
    private final Zones zones;

    private RotationState(String name, TargetGroupSettings settings, Map<Target, Member> members, @Nullable Use use) {
        this.name = name;
        this.settings = settings;
        this.members = Collections.unmodifiableMap(members);
        this.use = use;
        this.zones = Zones.of(settings, members.values());
    }

    static RotationState empty(String name, TargetGroupSettings settings) {
        return new RotationState(name, settings, new LinkedHashMap<>(), null);
    }

    TargetGroupSettings settings() {
        return settings;
    }

    Map<Target, Member> members() {
        return members;
    }

    /** Who forwards to the group; null while nobody does. */
    @Nullable
    Use use() {
        return use;
    }

    @Nullable
    Owner owner() {
        return use == null ? null : use.owner();
    }

    /** Who may get which requests. */
    Zones zones() {
        return zones;
    }

    private RotationState with(Map<Target, Member> changed) {
        return new RotationState(name, settings, changed, use);
    }

    RotationState withSettings(TargetGroupSettings newSettings) {
        Use newUse = use == null ? null : use.changed(name, settings, newSettings);
        return new RotationState(name, newSettings, members, newUse);
    }

    /** A listener begins to forward to the group. */
    RotationState used(Owner by) {
        if (use == null) {
            return new RotationState(name, settings, rejoined(by), Use.first(by, name, settings));
        }
        if (!use.owner().equals(by)) {
            throw new IllegalStateException("the target group is in use by another load balancer");
        }
        return new RotationState(name, settings, members, use.withCount(use.count() + 1));
    }

    /** A listener forwards to the group no more. */
    RotationState released() {
        return use != null && use.count() > 1
                ? new RotationState(name, settings, members, use.withCount(use.count() - 1))
                : new RotationState(name, settings, rejoined(null), null);
    }

    private Map<Target, Member> rejoined(@Nullable Owner by) {
        Map<Target, Member> changed = new LinkedHashMap<>();
        members.values().stream()
                .filter(member -> !member.isIn(TargetState.DRAINING))
                .forEach(member -> changed.put(
                        member.target(), Member.joining(member.target(), joining(member.target(), by), true)));
        return changed;
    }

    /** The same group after its owner's zones have changed: a target whose zone was switched on or off begins anew. */
    RotationState rezoned() {
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        changed.replaceAll((target, member) -> {
            HealthState anew = joining(target, owner());
            boolean switched =
                    anew.equals(HealthState.ZONE_NOT_ENABLED) != member.state().equals(HealthState.ZONE_NOT_ENABLED);
            return switched && !member.isIn(TargetState.DRAINING) ? Member.joining(target, anew, false) : member;
        });
        return with(changed);
    }

    private static HealthState joining(Target target, @Nullable Owner by) {
        if (by == null) {
            return HealthState.NOT_IN_USE;
        }
        return by.zones().isEmpty() || by.zones().contains(target.zone())
                ? HealthState.REGISTERED
                : HealthState.ZONE_NOT_ENABLED;
    }

    RotationState registered(Collection<Target> targets) {
        boolean founders = members.values().stream().allMatch(member -> member.isIn(TargetState.DRAINING));
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        for (Target target : targets) {
            Member member = changed.get(target);
            if (member == null || member.isIn(TargetState.DRAINING)) {
                changed.put(target, Member.joining(target, joining(target, owner()), founders));
            }
        }
        return with(changed);
    }

    /** Targets that get no requests are gone at once; the others drain. */
    RotationState deregistered(Collection<Target> targets) {
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        for (Target target : targets) {
            changed.computeIfPresent(
                    target,
                    (key, member) -> member.isIn(TargetState.UNUSED) ? null : member.with(HealthState.DRAINING));
        }
        return with(changed);
    }

    private @Nullable Member member(RoutedTarget routed) {
        Member member = members.get(routed.target());
        return member != null && member.routed() == routed ? member : null;
    }

    boolean contains(RoutedTarget routed) {
        return member(routed) != null;
    }

    RotationState without(RoutedTarget routed) {
        if (!contains(routed)) {
            return this;
        }
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        changed.remove(routed.target());
        return with(changed);
    }

    /** The same group after a step of one target's health. */
    RotationState withHealth(RoutedTarget routed, UnaryOperator<HealthState> step, long nowNanos) {
        Member member = member(routed);
        HealthState stepped = member == null ? null : step.apply(member.state());
        if (member == null || stepped == null || stepped.equals(member.state())) {
            return this;
        }
        boolean recovered = stepped.health().state() == TargetState.HEALTHY && !member.isIn(TargetState.HEALTHY);
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        changed.put(
                routed.target(),
                recovered ? member.recovered(stepped, warming(member, nowNanos)) : member.with(stepped));
        return with(changed);
    }

    /** A slow start needs somebody who carries the load meanwhile: a healthy target that is not in slow start itself. */
    private OptionalLong warming(Member recovering, long nowNanos) {
        if (!(settings.algorithm() instanceof RoutingAlgorithm.RoundRobin(Duration slowStart))
                || slowStart.isZero()
                || recovering.founder()) {
            return OptionalLong.empty();
        }
        boolean carried = members.values().stream()
                .anyMatch(member -> member.isIn(TargetState.HEALTHY) && member.warmth(slowStart, nowNanos) == 1);
        return carried ? OptionalLong.of(nowNanos) : OptionalLong.empty();
    }

    List<Member> healthy() {
        return members.values().stream()
                .filter(member -> member.isIn(TargetState.HEALTHY))
                .toList();
    }

    /** The same group after its healthy targets have been compared with one another. */
    RotationState withWeights(Map<RoutedTarget, Weight> weights) {
        Map<Target, Member> changed = new LinkedHashMap<>(members);
        for (Member member : healthy()) {
            Weight weight = weights.getOrDefault(member.routed(), member.weight());
            if (!weight.equals(member.weight())) {
                changed.put(member.target(), member.with(weight));
            }
        }
        return changed.equals(members) ? this : with(changed);
    }
}
