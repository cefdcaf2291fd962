package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.Member.Termination;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do next for one group: desired against actual. Pure: the same group and facts give the same steps, and
 * nothing is called.
 *
 * <p>The steps of one instance come in the order in which they must be done. A plan says only what can be done now; what has to
 * wait (for an instance to run, to drain, to be gone) is in a later plan, when the facts have changed.
 */
final class GroupPlan {
    private final Group group;
    private final Facts facts;
    private final List<Step> steps = new ArrayList<>();
    private boolean backsOff;

    private GroupPlan(Group group, Facts facts) {
        this.group = group;
        this.facts = facts;
    }

    /** The steps to take now; empty if the group is as it should be. */
    static List<Step> of(Group group, Facts facts) {
        GroupPlan plan = new GroupPlan(group, facts);
        group.members().forEach(plan::goOn);
        plan.matchCapacity(plan.leaveUnhealthy());
        plan.advanceAttachments();
        if (group.progress().deleting() && group.members().isEmpty()) {
            plan.steps.add(new Step.RemoveGroup());
        }
        return List.copyOf(plan.steps);
    }

    /** What an instance needs by itself. */
    private void goOn(Member member) {
        Termination termination = member.termination();
        if (termination != null) {
            goOnWithTermination(member, termination);
        } else if (member.inService() == null && facts.isRunning(member)) {
            steps.add(new Step.EnterService(member.instanceId()));
        }
    }

    private void goOnWithTermination(Member member, Termination termination) {
        String id = member.instanceId();
        switch (termination.phase()) {
            case SELECTED -> steps.add(new Step.Deregister(id));
            case DRAINING -> {
                if (mayShutDown(member)) {
                    steps.add(new Step.ShutDown(id));
                }
            }
            case SHUTTING_DOWN -> {
                if (facts.isTerminated(member)) {
                    steps.add(new Step.Forget(id));
                }
            }
        }
    }

    /** A deleted group waits for no request, and an instance that does not run answers none. */
    private boolean mayShutDown(Member member) {
        return group.progress().deleting() || facts.drained().contains(member.instanceId()) || !facts.isRunning(member);
    }

    /** Marks and selects the unhealthy, and backs off if one has not proven itself; returns who is selected. */
    private Set<String> leaveUnhealthy() {
        boolean replaces = group.runs(ScalingProcess.REPLACE_UNHEALTHY) && group.runs(ScalingProcess.TERMINATE);
        Set<String> leaving = new HashSet<>();
        for (Member member : group.staying()) {
            Unhealthy found = unhealthy(member);
            if (found == null) {
                continue;
            }
            if (member.unhealthy() == null) {
                steps.add(new Step.MarkUnhealthy(member.instanceId(), found));
                backsOff |= found == Unhealthy.EC2 && !facts.hasProvenItself(member);
            }
            if (replaces) {
                steps.add(new Step.Select(member.instanceId(), Causes.unhealthy(facts.now(), found)));
                leaving.add(member.instanceId());
            }
        }
        if (backsOff) {
            steps.add(new Step.BackOff());
        }
        return leaving;
    }

    private @Nullable Unhealthy unhealthy(Member member) {
        if (member.unhealthy() != null) {
            return member.unhealthy();
        }
        boolean checked = group.runs(ScalingProcess.HEALTH_CHECK);
        return checked && !facts.isAlive(member) ? Unhealthy.EC2 : null;
    }

    private void matchCapacity(Set<String> leaving) {
        List<Member> staying = group.staying().stream()
                .filter(member -> !leaving.contains(member.instanceId()))
                .toList();
        int desired = group.capacity().desired();
        if (staying.size() < desired) {
            launch(staying, leaving.size());
        } else if (staying.size() > desired && group.runs(ScalingProcess.TERMINATE)) {
            scaleIn(staying);
        }
    }

    private void launch(List<Member> staying, int replacements) {
        LaunchBackoff backoff = group.progress().backoff();
        if (backsOff || !group.runs(ScalingProcess.LAUNCH) || facts.now().isBefore(backoff.notBefore())) {
            return;
        }
        int desired = group.capacity().desired();
        String tooFew = Causes.tooFew(group.progress().capacityChange(), facts.now(), staying.size(), desired);
        ZoneBalance balance = new ZoneBalance(group.settings().placement().zones(), staying);
        for (int i = staying.size(); i < desired; i++) {
            boolean replaces = i - staying.size() < replacements;
            String zone = balance.emptiest(backoff.failedZones());
            balance.add(zone);
            steps.add(new Step.Launch(zone, replaces ? Causes.replacement(facts.now()) : tooFew));
        }
    }

    private void scaleIn(List<Member> staying) {
        int desired = group.capacity().desired();
        List<Member> left = new ArrayList<>(staying);
        ZoneBalance balance = new ZoneBalance(group.settings().placement().zones(), staying);
        while (left.size() > desired) {
            String fullest = balance.fullest();
            Member first = left.stream()
                    .filter(member -> member.zone().equals(fullest))
                    .min(TerminationPolicy.order(group.settings().terminationPolicies()))
                    .orElseThrow();
            left.remove(first);
            balance.remove(fullest);
            steps.add(new Step.Select(
                    first.instanceId(),
                    Causes.tooMany(
                            group.progress().capacityChange(),
                            facts.now(),
                            staying.size(),
                            desired,
                            first.instanceId())));
        }
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
