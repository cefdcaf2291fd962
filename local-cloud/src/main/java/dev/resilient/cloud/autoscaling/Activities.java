package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.OperationRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/**
 * The scaling activities of all groups, deleted ones included: what happened, and why. Every change is an event. Of each group
 * the {@value #KEPT} activities that ended last are kept. (AWS keeps those of six weeks.)
 */
final class Activities {
    static final int KEPT = 300;
    private static final String DRAINING = " - Waiting For ELB Connection Draining.";
    private static final SupportedMembers SUPPORTED = SupportedMembers.of("""
        ActivityIds AutoScalingGroupName IncludeDeletedGroups MaxRecords NextToken\
        """);
    private final ResourceMap<ScalingActivity> activities;
    private final CloudContext cloud;
    private final GroupStore groups;

    Activities(CloudContext cloud, GroupStore groups) {
        this.cloud = cloud;
        this.activities = cloud.store().map("autoscaling.activities");
        this.groups = groups;
    }

    void register(OperationRegistry operations) {
        operations.on(DescribeScalingActivitiesRequest.class, this::describe);
    }

    /** Begins an activity. */
    void begin(ScalingActivity activity) {
        activities.put(activity.id(), activity);
        forgetOldest(activity.groupArn());
        publish(activity);
    }

    private void forgetOldest(String groupArn) {
        activities.list().stream()
                .filter(activity -> !activity.underWay() && activity.groupArn().equals(groupArn))
                .sorted(Comparator.comparing(ScalingActivity::end, Comparator.reverseOrder()))
                .skip(KEPT)
                .forEach(activity -> activities.remove(activity.id()));
    }

    /** Begins a departure, which ends the launch of an instance that was not in service yet. */
    void beginDeparture(ScalingActivity departure, Member member) {
        begin(departure);
        if (member.phase() instanceof Phase.Waiting waiting && waiting.abandoned() != null) {
            String why = waiting.abandoned();
            change(waiting.activity(), activity -> activity.in(
                            activity.status(), activity.progress(), activity.description() + ".  Status Reason: " + why)
                    .ended(cloud.time().instant(), ScalingActivityStatusCode.CANCELLED, why));
        } else if (member.stays() && member.inService().isEmpty()) {
            member.phase()
                    .underWay()
                    .ifPresent(launch -> cancelled(launch, "The instance was taken out before it was in service."));
        }
    }

    /** A new launch in a zone, not yet begun. */
    ScalingActivity launch(Group group, String zone, String cause) {
        return fresh(group, cloud.ids().uuid(), "Launching a new EC2 instance", cause)
                .in(ScalingActivityStatusCode.PRE_IN_SERVICE, 30, "Launching a new EC2 instance")
                .at(null, zone);
    }

    /** A new departure, not yet begun. */
    ScalingActivity departure(Group group, Member member, Phase.Exit exit, String cause) {
        String what =
                switch (exit) {
                    case TERMINATION -> "Terminating EC2 instance: ";
                    case DETACHMENT -> "Detaching EC2 instance: ";
                    case STANDBY -> "Moving EC2 instance to Standby: ";
                };
        ScalingActivity departure = fresh(group, cloud.ids().uuid(), what + member.instanceId(), cause)
                .at(null, member.zone());
        return exit == Phase.Exit.TERMINATION ? departure : halfDone(departure);
    }

    /** A new return from standby, not yet begun. */
    ScalingActivity returning(Group group, Member member, String cause) {
        String description = "Moving EC2 instance out of Standby: " + member.instanceId();
        return fresh(group, cloud.ids().uuid(), description, cause)
                .in(ScalingActivityStatusCode.PRE_IN_SERVICE, 30, description)
                .at(null, member.zone());
    }

    /** A new attachment of an instance that runs already, not yet begun. */
    ScalingActivity attaching(Group group, String instanceId, String zone, String cause) {
        return halfDone(fresh(group, cloud.ids().uuid(), "Attaching an existing EC2 instance: " + instanceId, cause))
                .at(null, zone);
    }

    private static ScalingActivity halfDone(ScalingActivity activity) {
        return activity.in(activity.status(), 50, activity.description());
    }

    /** The instance of a launch is there. */
    void launched(String id, Fleet.Launched launched, String zone) {
        change(id, activity -> activity.in(
                        activity.status(), activity.progress(), activity.description() + ": " + launched.instanceId())
                .at(launched.subnetId(), zone));
    }

    /** A departure waits until requests in flight are answered. */
    void draining(String id) {
        change(
                id,
                activity -> activity.in(
                        ScalingActivityStatusCode.WAITING_FOR_ELB_CONNECTION_DRAINING,
                        50,
                        activity.description() + DRAINING));
    }

    /** An activity waits for whoever has hooked into it. */
    void waiting(String id) {
        change(
                id,
                activity -> activity.in(
                        ScalingActivityStatusCode.MID_LIFECYCLE_ACTION,
                        60,
                        waited(activity).description()));
    }

    /** A departure waits no longer. */
    void drained(String id) {
        change(id, Activities::waited);
    }

    private static ScalingActivity waited(ScalingActivity activity) {
        return activity.in(
                ScalingActivityStatusCode.IN_PROGRESS,
                50,
                activity.description().replace(DRAINING, ""));
    }

    /** Ends the launches that the end of an earlier cloud cut short before there was an instance. */
    void cancelAbandoned() {
        Set<String> known = groups.list().stream()
                .flatMap(group -> group.members().stream())
                .flatMap(member -> member.phase().underWay().stream())
                .collect(Collectors.toSet());
        activities.list().stream()
                .filter(activity -> activity.underWay() && !known.contains(activity.id()))
                .forEach(activity -> cancelled(activity.id(), "The launch was interrupted."));
    }

    void successful(String id) {
        change(id, activity -> waited(activity)
                .ended(cloud.time().instant(), ScalingActivityStatusCode.SUCCESSFUL, null));
    }

    /** Ends an activity that something else made pointless. */
    void cancelled(String id, String reason) {
        change(id, activity -> activity.ended(cloud.time().instant(), ScalingActivityStatusCode.CANCELLED, reason));
    }

    /** Ends a launch that EC2 refused. */
    void launchFailed(String id, String reason) {
        String sentence = reason.endsWith(".") ? reason : reason + ".";
        change(id, activity -> activity.in(
                        activity.status(),
                        activity.progress(),
                        activity.description() + ".  Status Reason: " + sentence + " Launching EC2 instance failed.")
                .ended(
                        cloud.time().instant(),
                        ScalingActivityStatusCode.FAILED,
                        sentence + " Launching EC2 instance failed."));
    }

    /** Whether a launch or a termination of this very group is under way. */
    boolean underWay(String groupArn) {
        return activities.list().stream()
                .anyMatch(activity -> activity.underWay() && activity.groupArn().equals(groupArn));
    }

    /** Whether an activity of this very group is under way, or ended after {@code then}. */
    boolean anyAfter(String groupArn, Instant then) {
        return activities.list().stream()
                .filter(activity -> activity.groupArn().equals(groupArn))
                .anyMatch(activity -> activity.end() == null || activity.end().isAfter(then));
    }

    private ScalingActivity fresh(Group group, String id, String description, String cause) {
        Instant now = cloud.time().instant();
        return new ScalingActivity(
                id,
                group.name(),
                group.arn(),
                description,
                cause,
                now,
                null,
                ScalingActivityStatusCode.IN_PROGRESS,
                null,
                0,
                "{}");
    }

    private void change(String id, UnaryOperator<ScalingActivity> change) {
        activities
                .update(id, activity -> activity.underWay() ? change.apply(activity) : activity)
                .ifPresent(this::publish);
    }

    private void publish(ScalingActivity activity) {
        cloud.events()
                .publish(new CloudEvent.ScalingActivityChanged(
                        cloud.time().instant(),
                        activity.groupName(),
                        activity.description(),
                        activity.cause(),
                        activity.status().toString()));
    }

    private DescribeScalingActivitiesResponse describe(DescribeScalingActivitiesRequest request) {
        SUPPORTED.check(request);
        return AutoScaling.PAGES.answer(
                request,
                DescribeScalingActivitiesResponse.builder(),
                select(request),
                ScalingActivity::orderKey,
                ScalingActivity::toApi);
    }

    private List<ScalingActivity> select(DescribeScalingActivitiesRequest request) {
        boolean deletedToo = Boolean.TRUE.equals(request.includeDeletedGroups());
        String name = request.autoScalingGroupName();
        if (name != null && !deletedToo) {
            groups.require(name);
        }
        return activities.list().stream()
                .filter(activity -> name == null || activity.groupName().equals(name))
                .filter(activity -> deletedToo || groups.isCurrent(activity.groupName(), activity.groupArn()))
                .filter(activity -> !request.hasActivityIds()
                        || request.activityIds().isEmpty()
                        || request.activityIds().contains(activity.id()))
                .toList();
    }
}
