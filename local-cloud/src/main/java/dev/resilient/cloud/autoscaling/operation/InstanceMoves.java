package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.group.Errors;
import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Phase.Exit;
import dev.resilient.cloud.autoscaling.plan.Causes;
import dev.resilient.cloud.autoscaling.reconcile.Activities;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.OperationRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AttachInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DetachInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Takes instances out of service, and brings them in, as callers ask. All that one call names move, or none does. */
record InstanceMoves(CloudContext cloud, GroupStore groups, Activities activities, Fleet fleet) {
    private static final int MOST_PER_CALL = 20;

    void register(OperationRegistry operations) {
        operations.on(TerminateInstanceInAutoScalingGroupRequest.class, groups.holding(), this::terminate);
        operations.on(DetachInstancesRequest.class, groups.named(), request -> DetachInstancesResponse.builder()
                .activities(takeOut(
                        request.autoScalingGroupName(),
                        request.instanceIds(),
                        Exit.DETACHMENT,
                        request.shouldDecrementDesiredCapacity()))
                .build());
        operations.on(EnterStandbyRequest.class, groups.named(), request -> EnterStandbyResponse.builder()
                .activities(takeOut(
                        request.autoScalingGroupName(),
                        request.instanceIds(),
                        Exit.STANDBY,
                        request.shouldDecrementDesiredCapacity()))
                .build());
        operations.on(ExitStandbyRequest.class, groups.named(), request -> ExitStandbyResponse.builder()
                .activities(move(
                        request.autoScalingGroupName(), request.instanceIds(), "move out of standby", this::returned))
                .build());
        operations.act(
                AttachInstancesRequest.class,
                groups.named(),
                request -> move(request.autoScalingGroupName(), request.instanceIds(), "attach", this::attached));
    }

    private TerminateInstanceInAutoScalingGroupResponse terminate(TerminateInstanceInAutoScalingGroupRequest request) {
        String instanceId = request.instanceId();
        String group = groups.requireHolding(instanceId).name();
        List<Activity> begun =
                takeOut(group, List.of(instanceId), Exit.TERMINATION, request.shouldDecrementDesiredCapacity());
        return TerminateInstanceInAutoScalingGroupResponse.builder()
                .activity(begun.getFirst())
                .build();
    }

    private List<Activity> takeOut(String name, List<String> instanceIds, Exit exit, boolean shrinks) {
        return move(name, instanceIds, exit.verb(), (group, instanceId) -> left(group, instanceId, exit, shrinks));
    }

    /** Moves each of the instances, and begins what they take part in once all have moved. */
    private List<Activity> move(
            String name, List<String> instanceIds, String verb, BiFunction<Group, String, Moved> move) {
        refuseIf(
                instanceIds.isEmpty() || instanceIds.size() > MOST_PER_CALL,
                "Between 1 and " + MOST_PER_CALL + " instances can be named in one call");
        refuseIf(instanceIds.stream().distinct().count() < instanceIds.size(), "An instance can be named only once");
        List<Moved> all = new ArrayList<>();
        groups.change(name, group -> {
            all.clear();
            Group now = group;
            for (String instanceId : instanceIds) {
                Moved moved = move.apply(now, instanceId);
                all.add(moved);
                now = moved.group();
            }
            checkBounds(group.shape(), now.desired(), verb, instanceIds.size());
            return now;
        });
        for (Moved moved : all) {
            if (moved.leaving() == null) {
                activities.begin(moved.activity());
            } else {
                activities.beginDeparture(moved.activity(), moved.leaving());
            }
        }
        return all.stream().map(Moved::activity).toList();
    }

    private Moved left(Group group, String instanceId, Exit exit, boolean shrinks) {
        Member member = group.requireMember(instanceId);
        checkMayLeave(member, exit);
        Instant now = cloud.time().instant();
        int desired = shrinks && member.stays() ? group.desired() - 1 : group.desired();
        String cause = desired < group.desired()
                ? Causes.departed(now, instanceId, exit, group.desired(), desired)
                : Causes.departed(now, instanceId, exit);
        Activity departure = activities.departure(group, member, exit, cause);
        Phase selected = new Phase.Selected(departure.activityId(), exit);
        return new Moved(resized(group.withMember(instanceId, selected), desired), departure, member);
    }

    private static void checkMayLeave(Member member, Exit exit) {
        String id = member.instanceId();
        boolean serves = member.inService().isPresent();
        boolean standsBy = member.phase() instanceof Phase.Standby;
        switch (exit) {
            case TERMINATION -> {
                String leaves = "Instance " + id + " is being terminated already";
                refuseIf(!member.stays() && !standsBy, "ScalingActivityInProgress", leaves);
            }
            case DETACHMENT ->
                refuseIf(!serves && !standsBy, "The instance " + id + " is not in InService or Standby.");
            case STANDBY -> refuseIf(!serves, "The instance " + id + " is not in InService.");
        }
    }

    private Moved returned(Group group, String instanceId) {
        Member member = group.requireMember(instanceId);
        refuseIf(!(member.phase() instanceof Phase.Standby), "The instance " + instanceId + " is not in Standby.");
        int desired = group.desired() + 1;
        String cause = Causes.returned(cloud.time().instant(), instanceId, group.desired(), desired);
        Activity activity = activities.returning(group, member, cause);
        Phase pending = new Phase.Pending(activity.activityId());
        return new Moved(resized(group.withMember(instanceId, pending), desired), activity, null);
    }

    private Moved attached(Group group, String instanceId) {
        groups.holding(instanceId).ifPresent(other -> {
            throw Errors.validation(
                    "The Instance: " + instanceId + " is already part of AutoScalingGroup:" + other.name());
        });
        Instance instance = fleet.find(instanceId)
                .filter(found -> found.state().name() == InstanceStateName.RUNNING)
                .orElseThrow(() -> Errors.validation("The instance " + instanceId + " is not in the running state"));
        String zone = instance.placement().availabilityZone();
        refuseIf(
                !group.shape().availabilityZones().contains(zone),
                "The instance " + instanceId + " is in the availability zone " + zone
                        + ", which the group does not have");
        Instant now = cloud.time().instant();
        int desired = group.desired() + 1;
        Activity activity = activities.attaching(group, instanceId, zone, Causes.attached(now, desired));
        Member member = Member.joining(instance, null, now, activity.activityId());
        return new Moved(resized(group.withNewMember(member), desired), activity, null);
    }

    private static Group resized(Group group, int desired) {
        return group.with(next -> next.desiredCapacity(desired));
    }

    private static void checkBounds(AutoScalingGroup before, int desired, String verb, int count) {
        boolean within = before.minSize() <= desired && desired <= before.maxSize();
        refuseIf(
                !within && verb.equals(Exit.TERMINATION.verb()),
                "Currently, desiredSize equals minSize (" + before.minSize()
                        + "). Terminating instance without replacement will violate group's min size constraint."
                        + " Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.");
        String sizes = "AutoScalingGroup %s has min-size=%d, max-size=%d, and desired-size=%d."
                .formatted(before.autoScalingGroupName(), before.minSize(), before.maxSize(), before.desiredCapacity());
        refuseIf(
                !within,
                sizes
                        + " To %s %d instance%s, please update the AutoScalingGroup sizes appropriately."
                                .formatted(verb, count, count == 1 ? "" : "s"));
    }

    /**
     * A group after one move.
     *
     * @param activity that begins with it
     * @param leaving the instance as it was before, if it leaves; null if it comes
     */
    private record Moved(
            Group group, Activity activity, @Nullable Member leaving) {}
}
