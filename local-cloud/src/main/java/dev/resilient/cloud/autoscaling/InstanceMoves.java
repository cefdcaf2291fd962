package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.GroupSettings.Capacity;
import dev.resilient.cloud.autoscaling.Phase.Exit;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AttachInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DetachInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;

/** Takes instances out of service, and brings them in, as callers ask. All that one call names move, or none does. */
record InstanceMoves(CloudContext cloud, GroupStore groups, Activities activities, Fleet fleet) {
    private static final int MOST_PER_CALL = 20;

    void register(OperationRegistry operations) {
        Access<AwsRequest> group = GroupArns.named(cloud, groups);
        operations.on(
                TerminateInstanceInAutoScalingGroupRequest.class,
                Access.resource(request -> groups.arnOfGroupHolding(request.instanceId())),
                this::terminate);
        operations.on(DetachInstancesRequest.class, group, request -> DetachInstancesResponse.builder()
                .activities(takeOut(
                        request.autoScalingGroupName(),
                        request.instanceIds(),
                        Exit.DETACHMENT,
                        request.shouldDecrementDesiredCapacity()))
                .build());
        operations.on(EnterStandbyRequest.class, group, request -> EnterStandbyResponse.builder()
                .activities(takeOut(
                        request.autoScalingGroupName(),
                        request.instanceIds(),
                        Exit.STANDBY,
                        request.shouldDecrementDesiredCapacity()))
                .build());
        operations.on(ExitStandbyRequest.class, group, this::exitStandby);
        operations.act(AttachInstancesRequest.class, group, this::attach);
    }

    private TerminateInstanceInAutoScalingGroupResponse terminate(TerminateInstanceInAutoScalingGroupRequest request) {
        String instanceId = request.instanceId();
        List<Activity> begun = takeOut(
                groups.holding(instanceId).name(),
                List.of(instanceId),
                Exit.TERMINATION,
                request.shouldDecrementDesiredCapacity());
        return TerminateInstanceInAutoScalingGroupResponse.builder()
                .activity(begun.getFirst())
                .build();
    }

    private List<Activity> takeOut(String name, List<String> instanceIds, Exit exit, boolean shrinks) {
        checkNumber(instanceIds);
        List<Begun> begun = new ArrayList<>();
        groups.change(name, group -> {
            begun.clear();
            Group left = group;
            for (String instanceId : instanceIds) {
                Member member = group.requireMember(instanceId);
                checkMayLeave(member, exit);
                Begun departure = departure(left, member, exit, shrinks && member.stays());
                begun.add(departure);
                left = left.withMember(
                        instanceId, new Phase.Selected(departure.activity().id(), exit));
                if (shrinks && member.stays()) {
                    left = resized(left, -1);
                }
            }
            checkBounds(group, left.capacity(), exit.verb(), instanceIds.size());
            return left;
        });
        begun.forEach(each -> activities.beginDeparture(each.activity(), each.member()));
        return shown(begun);
    }

    private Begun departure(Group group, Member member, Exit exit, boolean shrinks) {
        Instant now = cloud.time().instant();
        int desired = group.capacity().desired();
        String cause = shrinks
                ? Causes.departed(now, member.instanceId(), exit, desired, desired - 1)
                : Causes.departed(now, member.instanceId(), exit);
        return new Begun(activities.departure(group, member, exit, cause), member);
    }

    private static void checkMayLeave(Member member, Exit exit) {
        String id = member.instanceId();
        boolean serves = member.inService().isPresent();
        boolean standsBy = member.phase() instanceof Phase.Standby;
        switch (exit) {
            case TERMINATION -> {
                refuseIf(
                        !member.stays() && !standsBy,
                        () -> ServiceError.badRequest(
                                "ScalingActivityInProgress", "Instance " + id + " is being terminated already"));
            }
            case DETACHMENT -> {
                refuseIf(
                        !serves && !standsBy,
                        () -> Errors.validation("The instance " + id + " is not in InService or Standby."));
            }
            case STANDBY -> {
                refuseIf(!serves, () -> Errors.validation("The instance " + id + " is not in InService."));
            }
        }
    }

    private ExitStandbyResponse exitStandby(ExitStandbyRequest request) {
        checkNumber(request.instanceIds());
        List<Begun> begun = new ArrayList<>();
        groups.change(request.autoScalingGroupName(), group -> {
            begun.clear();
            Group grown = group;
            for (String instanceId : request.instanceIds()) {
                Member member = group.requireMember(instanceId);
                if (!(member.phase() instanceof Phase.Standby)) {
                    throw Errors.validation("The instance " + instanceId + " is not in Standby.");
                }
                int desired = grown.capacity().desired();
                ScalingActivity activity = activities.returning(
                        group, member, Causes.returned(cloud.time().instant(), instanceId, desired, desired + 1));
                begun.add(new Begun(activity, member));
                grown = resized(grown.withMember(instanceId, new Phase.Pending(activity.id())), 1);
            }
            checkBounds(
                    group,
                    grown.capacity(),
                    "move out of standby",
                    request.instanceIds().size());
            return grown;
        });
        begun.forEach(each -> activities.begin(each.activity()));
        return ExitStandbyResponse.builder().activities(shown(begun)).build();
    }

    private void attach(AttachInstancesRequest request) {
        checkNumber(request.instanceIds());
        List<Begun> begun = new ArrayList<>();
        groups.change(request.autoScalingGroupName(), group -> {
            begun.clear();
            Group grown = group;
            for (String instanceId : request.instanceIds()) {
                Begun attachment = attachment(grown, instanceId);
                begun.add(attachment);
                grown = resized(grown.withNewMember(attachment.member()), 1);
            }
            checkBounds(group, grown.capacity(), "attach", request.instanceIds().size());
            return grown;
        });
        begun.forEach(each -> activities.begin(each.activity()));
    }

    private Begun attachment(Group group, String instanceId) {
        groups.list().stream()
                .filter(other -> other.member(instanceId).isPresent())
                .findFirst()
                .ifPresent(other -> {
                    throw Errors.validation(
                            "The Instance: " + instanceId + " is already part of AutoScalingGroup:" + other.name());
                });
        Fleet.Instance instance = fleet.find(instanceId)
                .filter(found -> found.state() == Fleet.State.RUNNING)
                .orElseThrow(() -> Errors.validation("The instance " + instanceId + " is not in the running state"));
        refuseIf(
                !group.settings().placement().zones().contains(instance.zone()),
                () -> Errors.validation("The instance " + instanceId + " is in the availability zone " + instance.zone()
                        + ", which the group does not have"));
        Instant now = cloud.time().instant();
        ScalingActivity activity = activities.attaching(
                group,
                instanceId,
                instance.zone(),
                Causes.attached(now, group.capacity().desired() + 1));
        Member member = new Member(
                instanceId,
                instance.zone(),
                instance.instanceType(),
                instance.imageId(),
                null,
                now,
                new Phase.Pending(activity.id()),
                null);
        return new Begun(activity, member);
    }

    private static void checkNumber(List<String> instanceIds) {
        refuseIf(
                instanceIds.isEmpty() || instanceIds.size() > MOST_PER_CALL,
                () -> Errors.validation("Between 1 and " + MOST_PER_CALL + " instances can be named in one call"));
        refuseIf(
                instanceIds.stream().distinct().count() < instanceIds.size(),
                () -> Errors.validation("An instance can be named only once"));
    }

    private static Group resized(Group group, int by) {
        Capacity capacity = group.capacity();
        return group.withSettings(group.settings().withCapacity(capacity.withDesired(capacity.desired() + by)));
    }

    private static void checkBounds(Group before, Capacity next, String verb, int count) {
        Capacity capacity = before.capacity();
        if (next.min() <= next.desired() && next.desired() <= next.max()) {
            return;
        }
        refuseIf(
                verb.equals(Exit.TERMINATION.verb()),
                () -> Errors.validation("Currently, desiredSize equals minSize (" + capacity.min()
                        + "). Terminating instance without replacement will violate group's min size constraint."
                        + " Either set shouldDecrementDesiredCapacity flag to false or lower group's min size."));
        throw Errors.validation(
                "AutoScalingGroup %s has min-size=%d, max-size=%d, and desired-size=%d. To %s %d instance%s, please update the"
                                .formatted(
                                        before.name(),
                                        capacity.min(),
                                        capacity.max(),
                                        capacity.desired(),
                                        verb,
                                        count,
                                        count == 1 ? "" : "s")
                        + " AutoScalingGroup sizes appropriately.");
    }

    private static List<Activity> shown(List<Begun> begun) {
        return begun.stream().map(each -> each.activity().toApi()).toList();
    }

    /** A move that begins, and the instance as it was before. */
    private record Begun(ScalingActivity activity, Member member) {}
}
