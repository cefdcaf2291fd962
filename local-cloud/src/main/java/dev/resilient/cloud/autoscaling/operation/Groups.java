package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.LaunchBackoff;
import dev.resilient.cloud.autoscaling.group.TargetGroupLink;
import dev.resilient.cloud.autoscaling.plan.Causes;
import dev.resilient.cloud.autoscaling.reconcile.Activities;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHookSpecification;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** Creates, changes, shows and deletes groups. What follows from it is the reconciler's work. */
record Groups(
        CloudContext cloud,
        GroupStore groups,
        Activities activities,
        Fleet fleet,
        TargetGroupLink targetGroups,
        Settings settings) {
    private static final SupportedMembers SET_DESIRED = SupportedMembers.of("AutoScalingGroupName DesiredCapacity");

    void register(OperationRegistry operations) {
        Access<AwsRequest> launching = settings.launching(groups.named());
        operations.act(CreateAutoScalingGroupRequest.class, launching, this::create);
        operations.act(
                UpdateAutoScalingGroupRequest.class,
                launching,
                request -> groups.change(request.autoScalingGroupName(), group -> update(request, group)));
        groups.register(operations, SetDesiredCapacityRequest.class, this::setDesiredCapacity);
        operations.act(DeleteAutoScalingGroupRequest.class, groups.named(), this::delete);
        operations.on(DescribeAutoScalingGroupsRequest.class, this::describe);
    }

    private void create(CreateAutoScalingGroupRequest request) {
        String name = request.autoScalingGroupName();
        String arn = groups.arn(cloud.ids().uuid(), name);
        Instant now = cloud.time().instant();
        AutoScalingGroup shape = settings.read(request)
                .copy(group -> group.autoScalingGroupARN(arn).createdTime(now).tags(List.of()));
        Group fresh = Group.of(shape)
                .withAttachments(TargetGroups.adding(TargetGroups.check(targetGroups, request.targetGroupARNs())))
                .withCapacityChange(Causes.created(now, shape.desiredCapacity()));
        for (Tag tag : request.tags()) {
            fresh = fresh.withTag(GroupTags.read(name, tag));
        }
        for (LifecycleHookSpecification hook : request.lifecycleHookSpecificationList()) {
            fresh = fresh.withHook(LifecycleHooks.read(name, hook));
        }
        refuseIf(
                !groups.create(fresh),
                "AlreadyExists",
                "AutoScalingGroup by this name already exists - A group with the name " + name + " already exists");
    }

    private Group update(UpdateAutoScalingGroupRequest request, Group group) {
        AutoScalingGroup next = settings.read(request, group.shape());
        return resized(group, next, Causes.updated(cloud.time().instant(), group.shape(), next));
    }

    private Group setDesiredCapacity(SetDesiredCapacityRequest request, Group group) {
        SET_DESIRED.check(request);
        int desired = request.desiredCapacity();
        AutoScalingGroup now = group.shape();
        String value = "New SetDesiredCapacity value " + desired + " is ";
        refuseIf(desired > now.maxSize(), value + "above max value " + now.maxSize() + " for the AutoScalingGroup.");
        refuseIf(desired < now.minSize(), value + "below min value " + now.minSize() + " for the AutoScalingGroup.");
        String change = Causes.desiredCapacitySet(cloud.time().instant(), group.desired(), desired);
        return resized(group, now.copy(next -> next.desiredCapacity(desired)), change);
    }

    /** After a change by its owner, a group whose launches failed tries again at once. */
    private static Group resized(Group group, AutoScalingGroup next, String change) {
        return group.resized(next, change).withBackoff(LaunchBackoff.NONE);
    }

    private void delete(DeleteAutoScalingGroupRequest request) {
        Group group = groups.require(request.autoScalingGroupName());
        boolean force = Boolean.TRUE.equals(request.forceDelete());
        refuseIf(
                !force && cloud.realism().lingers("scaling activity", () -> activities.underWay(group.arn())),
                "ScalingActivityInProgress",
                "You cannot delete an AutoScalingGroup while there are scaling activities in progress for that"
                        + " group.");
        groups.update(group, now -> {
            refuseIf(
                    !force && !now.members().isEmpty(),
                    "ResourceInUse",
                    "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance"
                            + " request(s) still in the group.");
            return deleting(now);
        });
        groups.nudge().give();
    }

    private Group deleting(Group group) {
        AutoScalingGroup none = group.withSuspended(Set.of())
                .shape()
                .copy(next -> next.minSize(0).desiredCapacity(0).status("Delete in progress"));
        return group.with(none)
                .withCapacityChange(Causes.updated(cloud.time().instant(), group.shape(), none))
                .withBackoff(LaunchBackoff.NONE);
    }

    private DescribeAutoScalingGroupsResponse describe(DescribeAutoScalingGroupsRequest request) {
        List<Group> selected = groups.list().stream()
                .filter(group -> request.autoScalingGroupNames().isEmpty()
                        || request.autoScalingGroupNames().contains(group.name()))
                .filter(group -> request.filters().stream()
                        .allMatch(filter -> group.shape().tags().stream().anyMatch(TagFilters.OF_GROUPS.test(filter))))
                .toList();
        return GroupStore.PAGES.answer(
                request,
                DescribeAutoScalingGroupsResponse.builder(),
                selected,
                Group::name,
                group -> group.shown(template(group.shape().launchTemplate())));
    }

    /** The template with both its id and its name, and the version as the caller gave it. */
    private LaunchTemplateSpecification template(LaunchTemplateSpecification reference) {
        try {
            return fleet.resolve(reference).copy(shown -> shown.version(reference.version()));
        } catch (ServiceError deletedMeanwhile) {
            return reference;
        }
    }
}
