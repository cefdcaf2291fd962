package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.ScalingProcess;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What EC2, the load balancers and users say about the instances of a group. Pure.
 *
 * <p>The grace period begins when an instance enters service. It keeps the load balancers from being asked, and does not help an
 * instance that does not run.
 */
record HealthChecks(Group group, Facts facts) {

    /** Who is unhealthy, and who says so. Of those that only load balancers reject, as many as may be replaced now. */
    Map<Member, Unhealthy> verdicts() {
        Map<Member, Unhealthy> verdicts = new LinkedHashMap<>();
        for (Member member : group.staying()) {
            Unhealthy verdict = verdict(member);
            if (verdict != null) {
                verdicts.put(member, verdict);
            }
        }
        List<Member> failing = verdicts.keySet().stream()
                .filter(member -> verdicts.get(member) == Unhealthy.ELB)
                .sorted(Comparator.comparing(member -> member.unhealthy() == null))
                .toList();
        Duration warmup = group.warmup();
        int limit = failing.isEmpty()
                ? 0
                : ReplacementLimit.of(
                        group, facts, failing, member -> failing.contains(member) || isReady(member, warmup));
        failing.stream().skip(limit).forEach(verdicts::remove);
        return verdicts;
    }

    private @Nullable Unhealthy verdict(Member member) {
        boolean checked = group.runs(ScalingProcess.HEALTH_CHECK);
        if (checked && !facts.isAlive(member)) {
            return Unhealthy.EC2;
        }
        if (member.unhealthy() != null) {
            return member.unhealthy();
        }
        boolean rejected = facts.targets().get(member.instanceId()) == TargetGroupLink.Health.UNHEALTHY;
        return checked && rejected && facts.hasServed(member, group.gracePeriod()) ? Unhealthy.ELB : null;
    }

    /** Whether it has been in service for {@code warmup}, and every check has been passed. */
    boolean isReady(Member member, Duration warmup) {
        return member.unhealthy() == null
                && facts.isRunning(member)
                && facts.hasServed(member, warmup)
                && facts.targets().getOrDefault(member.instanceId(), TargetGroupLink.Health.HEALTHY)
                        == TargetGroupLink.Health.HEALTHY;
    }
}
