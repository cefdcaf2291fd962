package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.GroupSettings.Capacity;
import dev.resilient.cloud.autoscaling.ScalingPolicy.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Follows the traffic with the desired capacity. Pure. The group grows if one policy wants it to, by as many instances as are
 * needed, and shrinks only if all do, a tenth at a time or one, when nothing is under way. What is not known lets nothing shrink.
 *
 * <p>Minutes are AWS's, and are divided by the pace; requests per minute are real ones.
 */
final class TargetTracking {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PARTS = 10;

    private final Group group;
    private final Facts facts;

    private TargetTracking(Group group, Facts facts) {
        this.group = group;
        this.facts = facts;
    }

    /** The step to take now; empty until the next minute is over. */
    static Optional<Step.Track> of(Group group, Facts facts) {
        TargetTracking tracking = new TargetTracking(group, facts);
        List<ScalingPolicy> next =
                group.policies().stream().map(tracking::observe).toList();
        return next.equals(group.policies())
                ? Optional.empty()
                : Optional.of(new Step.Track(next, tracking.change(next)));
    }

    private ScalingPolicy observe(ScalingPolicy policy) {
        Seen seen = policy.seen();
        Instant now = facts.now();
        Long count = facts.requests().get(policy.resourceLabel());
        if (count == null) {
            return policy.after(Seen.NOTHING);
        }
        if (seen.at() == null || count < seen.requests()) {
            return policy.after(Seen.first(now, count));
        }
        if (!facts.isOver(seen.at(), MINUTE)) {
            return policy;
        }
        int instances = ready(policy);
        if (instances == 0) {
            return policy.after(Seen.first(now, count));
        }
        double minutes = (double) Duration.between(seen.at(), now).toNanos() / MINUTE.toNanos();
        double rate = (count - seen.requests()) / minutes;
        return policy.after(seen.next(now, count, rate, instances, policy.target()));
    }

    /** Instances that warm up do not count yet. */
    private int ready(ScalingPolicy policy) {
        GroupSettings settings = group.settings();
        Duration warmup = policy.warmup().or(settings::defaultInstanceWarmup).orElse(settings.defaultCooldown());
        return (int) group.staying().stream()
                .filter(member -> facts.isRunning(member) && facts.hasServed(member, warmup))
                .count();
    }

    private Optional<Change> change(List<ScalingPolicy> policies) {
        if (!group.runs(ScalingProcess.ALARM_NOTIFICATION) || group.progress().deleting()) {
            return Optional.empty();
        }
        return grow(policies).or(() -> shrink(policies));
    }

    private Optional<Change> grow(List<ScalingPolicy> policies) {
        Capacity capacity = group.capacity();
        return policies.stream()
                .filter(ScalingPolicy::isTooBusy)
                .max(Comparator.comparingInt(ScalingPolicy::capacityNeeded))
                .map(policy -> new Change(
                        Math.min(capacity.max(), policy.capacityNeeded()), policy.name(), alarmHigh(group, policy)))
                .filter(change -> change.desired() > capacity.desired());
    }

    private Optional<Change> shrink(List<ScalingPolicy> policies) {
        Capacity capacity = group.capacity();
        List<ScalingPolicy> enabled =
                policies.stream().filter(ScalingPolicy::enabled).toList();
        boolean busy = group.members().stream()
                .anyMatch(member -> member.phase().underWay().isPresent());
        if (busy || !enabled.stream().allMatch(policy -> policy.scalesIn() && policy.isTooQuiet())) {
            return Optional.empty();
        }
        int gradual = capacity.desired() - Math.max(1, capacity.desired() / PARTS);
        return enabled.stream()
                .max(Comparator.comparingInt(ScalingPolicy::capacityNeeded))
                .map(policy -> new Change(
                        Math.max(capacity.min(), Math.max(gradual, policy.capacityNeeded())),
                        policy.name(),
                        alarmLow(group, policy)))
                .filter(change -> change.desired() < capacity.desired());
    }

    /** The name of the alarm that makes the group grow. */
    static String alarmHigh(Group group, ScalingPolicy policy) {
        return "TargetTracking-" + group.name() + "-AlarmHigh-" + policy.id().highAlarm();
    }

    /** The name of the alarm that makes the group shrink. */
    static String alarmLow(Group group, ScalingPolicy policy) {
        return "TargetTracking-" + group.name() + "-AlarmLow-" + policy.id().lowAlarm();
    }

    /** Another desired capacity, and who wants it. */
    record Change(int desired, String policy, String alarm) {}
}
