package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.GroupSettings.Capacity;
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
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** Creates, changes, shows and deletes groups. What follows from it is the reconciler's work. */
final class Groups {
    private static final SupportedMembers CREATE = SupportedMembers.of("""
        AutoScalingGroupName LaunchTemplate MinSize MaxSize DesiredCapacity DefaultCooldown
        AvailabilityZones VPCZoneIdentifier TargetGroupARNs HealthCheckType
        HealthCheckGracePeriod DefaultInstanceWarmup InstanceMaintenancePolicy
        TerminationPolicies LifecycleHookSpecificationList Tags\
        """);
    private static final SupportedMembers UPDATE = SupportedMembers.of("""
        AutoScalingGroupName LaunchTemplate MinSize MaxSize DesiredCapacity DefaultCooldown
        AvailabilityZones VPCZoneIdentifier HealthCheckType HealthCheckGracePeriod DefaultInstanceWarmup
        InstanceMaintenancePolicy TerminationPolicies\
        """);
    private static final SupportedMembers SET_DESIRED =
            SupportedMembers.of("AutoScalingGroupName DesiredCapacity HonorCooldown");

    private final CloudContext cloud;
    private final GroupStore groups;
    private final Activities activities;
    private final Neighbours neighbours;
    private final Nudge nudge;
    private final SettingsReader settings;

    Groups(CloudContext cloud, Nudge nudge, GroupStore groups, Activities activities, Neighbours neighbours) {
        this.cloud = cloud;
        this.nudge = nudge;
        this.groups = groups;
        this.activities = activities;
        this.neighbours = neighbours;
        this.settings = new SettingsReader(cloud.account(), neighbours.fleet());
    }

    void register(OperationRegistry operations) {
        Access<AwsRequest> group = GroupArns.named(cloud, groups);
        operations.act(CreateAutoScalingGroupRequest.class, group, this::create);
        operations.act(UpdateAutoScalingGroupRequest.class, group, this::update);
        operations.act(SetDesiredCapacityRequest.class, group, this::setDesiredCapacity);
        operations.act(DeleteAutoScalingGroupRequest.class, group, this::delete);
        operations.on(DescribeAutoScalingGroupsRequest.class, this::describe);
        operations.on(DescribeAccountLimitsRequest.class, this::limits);
    }

    private void create(CreateAutoScalingGroupRequest request) {
        CREATE.check(request);
        GroupSettings read = settings.read(request);
        List<String> targetGroups = TargetGroups.check(neighbours.targetGroups(), request.targetGroupARNs());
        Instant now = cloud.time().instant();
        String change = Causes.created(now, read.capacity().desired());
        Group group = new Group(
                request.autoScalingGroupName(),
                GroupArns.fresh(cloud, request.autoScalingGroupName()),
                now,
                read,
                GroupTags.read(request.autoScalingGroupName(), request.tags()),
                targetGroups.stream()
                        .map(arn -> new Attachment(arn, Attachment.State.ADDING))
                        .toList(),
                Set.of(),
                LifecycleHooks.read(request.lifecycleHookSpecificationList()),
                List.of(),
                List.of(),
                List.of(),
                Group.Progress.NONE.withCapacityChange(change));
        refuseIf(
                !groups.create(group),
                () -> ServiceError.badRequest(
                        "AlreadyExists",
                        "AutoScalingGroup by this name already exists - A group with the name " + group.name()
                                + " already exists"));
    }

    private void update(UpdateAutoScalingGroupRequest request) {
        UPDATE.check(request);
        groups.change(request.autoScalingGroupName(), group -> {
            GroupSettings next = settings.read(request, group.settings());
            String change = Causes.updated(cloud.time().instant(), group.capacity(), next.capacity());
            return forgive(
                    group.withSettings(next.withCapacity(group.capacity())).withCapacity(next.capacity(), change));
        });
    }

    private void setDesiredCapacity(SetDesiredCapacityRequest request) {
        SET_DESIRED.check(request);
        int desired = request.desiredCapacity();
        groups.change(request.autoScalingGroupName(), group -> {
            Capacity capacity = group.capacity();
            refuseIf(
                    desired > capacity.max(),
                    () -> Errors.validation(
                            "New SetDesiredCapacity value %d is above max value %d for the AutoScalingGroup."
                                    .formatted(desired, capacity.max())));
            refuseIf(
                    desired < capacity.min(),
                    () -> Errors.validation(
                            "New SetDesiredCapacity value %d is below min value %d for the AutoScalingGroup."
                                    .formatted(desired, capacity.min())));
            refuseIf(
                    Boolean.TRUE.equals(request.honorCooldown()) && coolsDown(group),
                    () -> ServiceError.badRequest(
                            "ScalingActivityInProgress",
                            "The desired capacity of AutoScalingGroup " + group.name()
                                    + " cannot be set while its cooldown period lasts"));
            return forgive(group.withCapacity(
                    capacity.withDesired(desired),
                    Causes.desiredCapacitySet(cloud.time().instant(), capacity.desired(), desired)));
        });
    }

    private boolean coolsDown(Group group) {
        Instant calm =
                cloud.time().instant().minus(cloud.pace().of(group.settings().defaultCooldown()));
        return activities.anyAfter(group.arn(), calm);
    }

    /** After a change by its owner, a group whose launches failed tries again at once. */
    private static Group forgive(Group group) {
        return group.withProgress(group.progress().withBackoff(LaunchBackoff.NONE));
    }

    private void delete(DeleteAutoScalingGroupRequest request) {
        Group group = groups.require(request.autoScalingGroupName());
        boolean force = Boolean.TRUE.equals(request.forceDelete());
        refuseIf(
                !force && cloud.realism().lingers("scaling activity", () -> activities.underWay(group.arn())),
                () -> ServiceError.badRequest(
                        "ScalingActivityInProgress",
                        "You cannot delete an AutoScalingGroup while there are scaling activities in progress for that"
                                + " group."));
        groups.update(group, now -> {
            refuseIf(
                    !force && !now.members().isEmpty(),
                    () -> ServiceError.badRequest(
                            "ResourceInUse",
                            "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance"
                                    + " request(s) still in the group."));
            return deleting(now);
        });
        nudge.give();
    }

    private Group deleting(Group group) {
        Capacity none = new Capacity(0, group.capacity().max(), 0);
        String change = Causes.updated(cloud.time().instant(), group.capacity(), none);
        return group.withCapacity(none, change)
                .withSuspended(Set.of())
                .withProgress(new Group.Progress(change, LaunchBackoff.NONE, true));
    }

    private DescribeAutoScalingGroupsResponse describe(DescribeAutoScalingGroupsRequest request) {
        List<Group> selected = groups.list().stream()
                .filter(group -> request.autoScalingGroupNames().isEmpty()
                        || request.autoScalingGroupNames().contains(group.name()))
                .filter(group -> GroupFilters.matches(group, request.filters()))
                .toList();
        return AutoScaling.PAGES.answer(
                request, DescribeAutoScalingGroupsResponse.builder(), selected, Group::name, this::view);
    }

    private AutoScalingGroup view(Group group) {
        return GroupView.of(group, template(group.settings().template()));
    }

    /** The template with both its id and its name, and the version as the caller gave it. */
    private LaunchTemplateSpecification template(Fleet.TemplateReference reference) {
        LaunchTemplateSpecification.Builder shown = LaunchTemplateSpecification.builder()
                .launchTemplateId(reference.id())
                .launchTemplateName(reference.name())
                .version(reference.version());
        try {
            Fleet.Template template = neighbours.fleet().resolve(reference);
            return shown.launchTemplateId(template.id())
                    .launchTemplateName(template.name())
                    .build();
        } catch (ServiceError deletedMeanwhile) {
            return shown.build();
        }
    }

    private DescribeAccountLimitsResponse limits(DescribeAccountLimitsRequest request) {
        return DescribeAccountLimitsResponse.builder()
                .maxNumberOfAutoScalingGroups(500)
                .maxNumberOfLaunchConfigurations(200)
                .numberOfAutoScalingGroups(groups.list().size())
                .numberOfLaunchConfigurations(0)
                .build();
    }
}
