package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many instances that run, and that the load balancers call unhealthy, a group may replace now: a tenth of its desired
 * capacity at a time, or one where that is less than one. What was launched for them must be ready before the next ones go.
 *
 * <p>If every instance is unhealthy, the cause is hardly in the instances. Then it is one at a time, and none before the latest
 * has served for {@link #CALM}. (AWS says "much less than 10 percent", and not how much.)
 */
final class ReplacementLimit {
    static final Duration CALM = Duration.ofMinutes(5);
    private static final int PARTS = 10;

    private ReplacementLimit() {}

    /**
     * The limit.
     *
     * @param failing the instances in service that the load balancers call unhealthy
     * @param ready which instances are what they were launched for; those that fail now were so once
     */
    static int of(Group group, Facts facts, List<Member> failing, Predicate<Member> ready) {
        List<Member> serving = group.members().stream()
                .filter(member -> member.inService().isPresent())
                .toList();
        boolean busy = group.members().stream()
                .anyMatch(member -> member.phase().underWay().isPresent() || (member.stays() && !ready.test(member)));
        if (failing.containsAll(serving)) {
            boolean calm = serving.stream().allMatch(member -> facts.hasServed(member, CALM));
            return calm && !busy ? 1 : 0;
        }
        int desired = group.desired();
        int missing = desired - (int) serving.stream().filter(ready).count();
        return Math.max(0, Math.max(1, desired / PARTS) - (busy ? Math.max(0, missing) : 0));
    }
}
