package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Attachment;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.LaunchBackoff;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Refresh;
import dev.resilient.cloud.autoscaling.group.ScalingProcess;
import dev.resilient.cloud.autoscaling.group.Unhealthy;
import dev.resilient.cloud.autoscaling.plan.Turnover.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;

/**
 * Decides what to do next for one group: desired against actual. Pure: the same group and facts give the same steps, and
 * nothing is called.
 *
 * <p>The steps of one instance come in the order in which they must be done. A plan says only what can be done now; what has to
 * wait (for an instance to run, to drain, to be gone) is in a later plan, when the facts have changed.
 */
public final class GroupPlan {
    /** How long an instance must have served until its end is nothing to back off from. */
    private static final Duration PROVING = Duration.ofMinutes(1);

    private final Group group;
    private final Facts facts;
    private final HealthChecks checks;
    private final RefreshPlan refresh;
    private final int desired;
    private final List<Step> steps = new ArrayList<>();

    private GroupPlan(Group group, Facts facts) {
        this.group = group;
        this.facts = facts;
        this.checks = new HealthChecks(group, facts);
        this.refresh = RefreshPlan.of(group, facts, checks);
        this.desired = group.desired();
    }

    /** The steps to take now; empty if the group is as it should be. */
    public static List<Step> of(Group group, Facts facts) {
        GroupPlan plan = new GroupPlan(group, facts);
        group.members().forEach(member -> plan.steps.addAll(new MemberPlan(group, facts, member).steps()));
        plan.matchCapacity();
        plan.advanceRefresh();
        TargetTracking.of(group, facts).ifPresent(plan.steps::add);
        plan.advanceAttachments();
        if (group.isDeleting() && group.members().isEmpty()) {
            plan.steps.add(new Step.RemoveGroup());
        }
        return List.copyOf(plan.steps);
    }

    private void matchCapacity() {
        Map<Member, Unhealthy> unhealthy = checks.verdicts();
        boolean backsOff = mark(unhealthy);
        boolean terminates = group.runs(ScalingProcess.TERMINATE);
        if (!terminates || !group.runs(ScalingProcess.REPLACE_UNHEALTHY)) {
            unhealthy.clear();
        }
        List<Member> leaving =
                unhealthy.keySet().stream().filter(this::leavesAtOnce).toList();
        List<Member> staying = without(leaving, group.staying());
        List<Member> unwell = without(leaving, List.copyOf(unhealthy.keySet()));
        List<Member> outdated = terminates ? without(unwell, without(leaving, refresh.replaced())) : List.of();
        List<Member> doomed = Stream.concat(unwell.stream(), outdated.stream()).toList();
        Turnover turnover = Turnover.of(desired, staying.size(), ready(staying, unwell), doomed.size(), bounds());
        List<Member> replaced = new ArrayList<>(first(turnover.leaving(), unwell, staying));
        replaced.addAll(first(turnover.leaving() - replaced.size(), outdated, without(replaced, staying)));
        takeOut(Stream.concat(leaving.stream(), replaced.stream()).toList(), unhealthy);
        if (backsOff) {
            steps.add(new Step.BackOff());
        } else {
            int shortage = Math.max(0, desired - staying.size() - leaving.size());
            int ill = leaving.size() + unwell.size();
            int missing = outdated.isEmpty() ? turnover.launching() : ill + shortage;
            launch(turnover.launching(), ill, missing, without(replaced, staying));
        }
        if (terminates) {
            scaleIn(without(doomed, staying), turnover.excess());
        }
    }

    private int ready(List<Member> staying, List<Member> unwell) {
        Duration warmup = group.refresh().map(Refresh::warmup).orElse(group.warmup());
        return (int) staying.stream()
                .filter(member -> unwell.contains(member) || checks.isReady(member, warmup))
                .count();
    }

    private Bounds bounds() {
        return group.refresh()
                .map(under -> Bounds.of(under.shape().preferences()))
                .or(() -> Optional.ofNullable(maintenance()).map(Bounds::of))
                .orElse(Bounds.DEFAULT);
    }

    private @Nullable InstanceMaintenancePolicy maintenance() {
        return group.shape().instanceMaintenancePolicy();
    }

    /** Those that end by themselves leave no choice; others can wait for their successors, if the group's policy says so. */
    private boolean leavesAtOnce(Member member) {
        return maintenance() == null || !facts.isAlive(member);
    }

    /** Writes down who is unhealthy; whether one of them ended before it had proven itself. */
    private boolean mark(Map<Member, Unhealthy> unhealthy) {
        boolean backsOff = false;
        for (Map.Entry<Member, Unhealthy> verdict : unhealthy.entrySet()) {
            Member member = verdict.getKey();
            if (member.unhealthy() == null) {
                steps.add(new Step.MarkUnhealthy(member.instanceId(), verdict.getValue()));
                backsOff |= verdict.getValue() == Unhealthy.EC2 && !facts.hasServed(member, PROVING);
            }
        }
        return backsOff;
    }

    /** Those that are not unhealthy go because of the refresh. */
    private void takeOut(List<Member> going, Map<Member, Unhealthy> unhealthy) {
        for (Member member : going) {
            Unhealthy found = unhealthy.get(member);
            select(
                    member,
                    found == null
                            ? Causes.outdated(facts.now(), member.instanceId())
                            : Causes.unhealthy(facts.now(), found));
        }
    }

    private void select(Member member, String cause) {
        steps.add(new Step.Select(member.instanceId(), cause));
    }

    /** Launches for unhealthy ones first, then up to {@code missing} for those that are missing, then for outdated ones. */
    private void launch(int count, int unhealthy, int missing, List<Member> staying) {
        LaunchBackoff backoff = group.backoff();
        if (!group.runs(ScalingProcess.LAUNCH) || facts.now().isBefore(backoff.notBefore())) {
            return;
        }
        String tooFew = Causes.tooFew(group.capacityChange(), facts.now(), staying.size(), desired);
        ZoneBalance balance = new ZoneBalance(group.shape().availabilityZones(), staying);
        for (int i = 0; i < count; i++) {
            String otherwise = i < missing ? tooFew : Causes.refreshed(facts.now());
            String zone = balance.emptiest(backoff.failedZones());
            balance.add(zone);
            steps.add(new Step.Launch(zone, i < unhealthy ? Causes.replacement(facts.now()) : otherwise));
        }
    }

    private void scaleIn(List<Member> staying, int excess) {
        for (Member member : first(excess, staying, staying)) {
            select(
                    member,
                    Causes.tooMany(group.capacityChange(), facts.now(), staying.size(), desired, member.instanceId()));
        }
    }

    /** So many of the candidates, one after the other out of the zone that has the most of those that stay. */
    private List<Member> first(int count, List<Member> candidates, List<Member> staying) {
        ZoneBalance balance = new ZoneBalance(group.shape().availabilityZones(), staying);
        Comparator<Member> order = Comparator.<Member>comparingInt(member -> -balance.count(member.zone()))
                .thenComparing(TerminationPolicies.order(group.shape().terminationPolicies()));
        List<Member> left = new ArrayList<>(candidates);
        List<Member> picked = new ArrayList<>();
        while (picked.size() < count && !left.isEmpty()) {
            Member next = left.stream().min(order).orElseThrow();
            left.remove(next);
            picked.add(next);
            balance.remove(next.zone());
        }
        return picked;
    }

    private static List<Member> without(List<Member> some, List<Member> all) {
        return all.stream().filter(member -> !some.contains(member)).toList();
    }

    private void advanceRefresh() {
        refresh.refresh()
                .filter(next -> !group.refresh().equals(Optional.of(next)))
                .ifPresent(next -> steps.add(new Step.AdvanceRefresh(next)));
    }

    private void advanceAttachments() {
        for (Attachment attachment : group.attachments()) {
            boolean moves =
                    switch (attachment.state()) {
                        case ADDING -> group.runs(ScalingProcess.ADD_TO_LOAD_BALANCER);
                        case ADDED, REMOVING -> true;
                        case IN_SERVICE -> false;
                    };
            if (moves) {
                steps.add(new Step.AdvanceAttachment(attachment.targetGroupArn()));
            }
        }
    }
}
