package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.ScalingProcess;
import dev.resilient.cloud.autoscaling.group.TrackingPolicy;
import dev.resilient.cloud.autoscaling.group.TrackingPolicy.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Follows the traffic with the desired capacity. Pure. The group grows if one policy wants it to, by as many instances as are
 * needed, and shrinks only if all do, a tenth at a time or one, when nothing is under way. What is not known lets nothing shrink.
 *
 * <p>Minutes are AWS's, and are divided by the pace; requests per minute are real ones.
 */
public final class TargetTracking {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PARTS = 10;

    private final Group group;
    private final Facts facts;

    private TargetTracking(Group group, Facts facts) {
        this.group = group;
        this.facts = facts;
    }

    /** The step to take now; empty until the next minute is over. */
    public static Optional<Step.Track> of(Group group, Facts facts) {
        TargetTracking tracking = new TargetTracking(group, facts);
        List<TrackingPolicy> next =
                group.policies().stream().map(tracking::observe).toList();
        return next.equals(group.policies())
                ? Optional.empty()
                : Optional.of(new Step.Track(next, tracking.change(next)));
    }

    private TrackingPolicy observe(TrackingPolicy policy) {
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
    private int ready(TrackingPolicy policy) {
        Duration warmup = policy.warmup()
                .orElseGet(() -> Duration.ofSeconds(Objects.requireNonNullElse(
                        group.shape().defaultInstanceWarmup(), group.shape().defaultCooldown())));
        return (int) group.staying().stream()
                .filter(member -> facts.isRunning(member) && facts.hasServed(member, warmup))
                .count();
    }

    private Optional<Change> change(List<TrackingPolicy> policies) {
        if (!group.runs(ScalingProcess.ALARM_NOTIFICATION) || group.isDeleting()) {
            return Optional.empty();
        }
        return grow(policies).or(() -> shrink(policies));
    }

    private Optional<Change> grow(List<TrackingPolicy> policies) {
        return policies.stream()
                .filter(TrackingPolicy::isTooBusy)
                .max(Comparator.comparingInt(TrackingPolicy::capacityNeeded))
                .map(policy -> new Change(
                        Math.min(group.shape().maxSize(), policy.capacityNeeded()), policy.name(), alarm(policy, 0)))
                .filter(change -> change.desired() > group.desired());
    }

    private Optional<Change> shrink(List<TrackingPolicy> policies) {
        List<TrackingPolicy> enabled =
                policies.stream().filter(policy -> policy.shape().enabled()).toList();
        boolean busy = group.members().stream()
                .anyMatch(member -> member.phase().underWay().isPresent());
        if (busy || !enabled.stream().allMatch(policy -> policy.scalesIn() && policy.isTooQuiet())) {
            return Optional.empty();
        }
        int gradual = group.desired() - Math.max(1, group.desired() / PARTS);
        return enabled.stream()
                .max(Comparator.comparingInt(TrackingPolicy::capacityNeeded))
                .map(policy -> new Change(
                        Math.max(group.shape().minSize(), Math.max(gradual, policy.capacityNeeded())),
                        policy.name(),
                        alarm(policy, 1)))
                .filter(change -> change.desired() < group.desired());
    }

    private static String alarm(TrackingPolicy policy, int index) {
        return policy.shape().alarms().get(index).alarmName();
    }

    /** Another desired capacity, and who wants it. */
    public record Change(int desired, String policy, String alarm) {}
}
