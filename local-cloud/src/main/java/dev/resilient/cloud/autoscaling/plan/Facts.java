package dev.resilient.cloud.autoscaling.plan;

import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.base.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * What a plan is made from, beside the group itself.
 *
 * @param pace how much faster than AWS's the group's periods pass
 * @param instances the states of the group's instances; absent if EC2 does not know one
 * @param targets what the load balancers say about instances, by their ids: only those whose attachment is in service, and the
 *     worst that any says
 * @param drained the instances to which no target group has requests in flight
 * @param requests how many the load balancers have sent to the attached target groups, by the labels of both
 */
public record Facts(
        Instant now,
        Pace pace,
        Map<String, InstanceStateName> instances,
        Map<String, TargetGroupLink.Health> targets,
        Set<String> drained,
        Map<String, Long> requests) {

    /** Keeps its own copies. */
    public Facts {
        instances = Map.copyOf(instances);
        targets = Map.copyOf(targets);
        drained = Set.copyOf(drained);
        requests = Map.copyOf(requests);
    }

    boolean isRunning(Member member) {
        return instances.get(member.instanceId()) == InstanceStateName.RUNNING;
    }

    /** Whether it is up or on its way up. */
    boolean isAlive(Member member) {
        InstanceStateName state = instances.get(member.instanceId());
        return state == InstanceStateName.RUNNING
                || (state == InstanceStateName.PENDING && member.inService().isEmpty());
    }

    /** Whether EC2 knows nothing of it any more, so that nothing can come of waiting for it. */
    boolean isGone(Member member) {
        return !instances.containsKey(member.instanceId());
    }

    boolean isTerminated(Member member) {
        return isGone(member) || instances.get(member.instanceId()) == InstanceStateName.TERMINATED;
    }

    /** Whether it has been in service for at least this long. */
    boolean hasServed(Member member, Duration duration) {
        return member.inService().filter(since -> isOver(since, duration)).isPresent();
    }

    /** Whether a period that began then is over. */
    boolean isOver(Instant begin, Duration duration) {
        return !now.isBefore(begin.plus(pace.of(duration)));
    }
}
