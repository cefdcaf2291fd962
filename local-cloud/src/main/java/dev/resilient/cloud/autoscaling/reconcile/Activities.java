package dev.resilient.cloud.autoscaling.reconcile;

import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.event.CloudEvent;
import dev.resilient.cloud.store.ResourceMap;
import dev.resilient.wire.OperationRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * The scaling activities of all groups, deleted ones included: what happened, and why. Every change is an event. Of each group
 * the {@value #KEPT} activities that ended last are kept. (AWS keeps those of six weeks.)
 */
public final class Activities {
    public static final int KEPT = 300;
    private static final String DRAINING = " - Waiting For ELB Connection Draining.";
    private static final SupportedMembers SUPPORTED = SupportedMembers.of("""
        ActivityIds AutoScalingGroupName IncludeDeletedGroups MaxRecords NextToken\
        """);
    private static final int LONGEST_CAUSE = 1023;

    private final ResourceMap<Activity> activities;
    private final CloudContext cloud;
    private final GroupStore groups;

    /** The activities that the cloud's store has. */
    public Activities(CloudContext cloud, GroupStore groups) {
        this.cloud = cloud;
        this.activities = cloud.store().map("autoscaling.activities");
        this.groups = groups;
    }

    /** Registers what lists them. */
    public void register(OperationRegistry operations) {
        operations.on(DescribeScalingActivitiesRequest.class, this::describe);
    }

    /** Begins an activity. */
    public void begin(Activity activity) {
        activities.put(activity.activityId(), activity);
        of(activity.autoScalingGroupARN())
                .filter(each -> !isUnderWay(each))
                .sorted(Comparator.comparing(Activity::endTime, Comparator.reverseOrder()))
                .skip(KEPT)
                .forEach(oldest -> activities.remove(oldest.activityId()));
        publish(activity);
    }

    /** Begins a departure, which ends the launch of an instance that was not in service yet. */
    public void beginDeparture(Activity departure, Member member) {
        begin(departure);
        if (member.phase() instanceof Phase.Waiting waiting && waiting.abandoned() != null) {
            String why = waiting.abandoned();
            end(waiting.activity(), ScalingActivityStatusCode.CANCELLED, why, ".  Status Reason: " + why);
        } else if (member.stays() && member.inService().isEmpty()) {
            member.phase()
                    .underWay()
                    .ifPresent(launch -> cancelled(launch, "The instance was taken out before it was in service."));
        }
    }

    /** A new launch in a zone, not yet begun. */
    Activity launch(Group group, String zone, String cause) {
        return fresh(group, zone, ScalingActivityStatusCode.PRE_IN_SERVICE, 30, "Launching a new EC2 instance", cause);
    }

    /** A new return from standby, not yet begun. */
    public Activity returning(Group group, Member member, String cause) {
        String what = "Moving EC2 instance out of Standby: " + member.instanceId();
        return fresh(group, member.zone(), ScalingActivityStatusCode.PRE_IN_SERVICE, 30, what, cause);
    }

    /** A new departure, not yet begun. */
    public Activity departure(Group group, Member member, Phase.Exit exit, String cause) {
        String what =
                switch (exit) {
                    case TERMINATION -> "Terminating EC2 instance: ";
                    case DETACHMENT -> "Detaching EC2 instance: ";
                    case STANDBY -> "Moving EC2 instance to Standby: ";
                };
        int progress = exit == Phase.Exit.TERMINATION ? 0 : 50;
        String description = what + member.instanceId();
        return fresh(group, member.zone(), ScalingActivityStatusCode.IN_PROGRESS, progress, description, cause);
    }

    /** A new attachment of an instance that runs already, not yet begun. */
    public Activity attaching(Group group, String instanceId, String zone, String cause) {
        String what = "Attaching an existing EC2 instance: " + instanceId;
        return fresh(group, zone, ScalingActivityStatusCode.IN_PROGRESS, 50, what, cause);
    }

    private Activity fresh(
            Group group,
            String zone,
            ScalingActivityStatusCode status,
            int progress,
            String description,
            String cause) {
        return Activity.builder()
                .activityId(cloud.ids().uuid())
                .autoScalingGroupName(group.name())
                .autoScalingGroupARN(group.arn())
                .description(description)
                .cause(cause.substring(0, Math.min(cause.length(), LONGEST_CAUSE)))
                .startTime(cloud.time().instant())
                .statusCode(status)
                .progress(progress)
                .details("{\"Availability Zone\":\"%s\"}".formatted(zone))
                .build();
    }

    /** The instance of a launch is there. */
    void launched(String id, Instance launched) {
        String where = "{\"Subnet ID\":\"%s\",\"Availability Zone\":\"%s\"}"
                .formatted(launched.subnetId(), launched.placement().availabilityZone());
        change(id, (now, next) -> next.description(now.description() + ": " + launched.instanceId())
                .details(where));
    }

    /** A departure waits until requests in flight are answered. */
    void draining(String id) {
        goOn(id, ScalingActivityStatusCode.WAITING_FOR_ELB_CONNECTION_DRAINING, 50);
    }

    /** A departure waits no longer. */
    void drained(String id) {
        goOn(id, ScalingActivityStatusCode.IN_PROGRESS, 50);
    }

    /** An activity waits for whoever has hooked into it. */
    void waiting(String id) {
        goOn(id, ScalingActivityStatusCode.MID_LIFECYCLE_ACTION, 60);
    }

    private void goOn(String id, ScalingActivityStatusCode status, int progress) {
        String wait = status == ScalingActivityStatusCode.WAITING_FOR_ELB_CONNECTION_DRAINING ? DRAINING : "";
        change(id, (now, next) -> next.statusCode(status)
                .progress(progress)
                .description(now.description().replace(DRAINING, "") + wait));
    }

    /** Ends the launches that the end of an earlier cloud cut short before there was an instance. */
    public void cancelAbandoned() {
        Set<String> known = groups.list().stream()
                .flatMap(group -> group.members().stream())
                .flatMap(member -> member.phase().underWay().stream())
                .collect(Collectors.toSet());
        activities.list().stream()
                .filter(activity -> isUnderWay(activity) && !known.contains(activity.activityId()))
                .forEach(activity -> cancelled(activity.activityId(), "The launch was interrupted."));
    }

    void successful(String id) {
        end(id, ScalingActivityStatusCode.SUCCESSFUL, null, "");
    }

    /** Ends an activity that something else made pointless. */
    void cancelled(String id, String reason) {
        end(id, ScalingActivityStatusCode.CANCELLED, reason, "");
    }

    /** Ends a launch that EC2 refused. */
    void launchFailed(String id, String reason) {
        String why = (reason.endsWith(".") ? reason : reason + ".") + " Launching EC2 instance failed.";
        end(id, ScalingActivityStatusCode.FAILED, why, ".  Status Reason: " + why);
    }

    /** @param told what the description says of it, after what it says already */
    private void end(String id, ScalingActivityStatusCode outcome, @Nullable String why, String told) {
        Instant end = cloud.time().instant();
        change(id, (now, next) -> next.endTime(end)
                .statusCode(outcome)
                .statusMessage(why)
                .progress(100)
                .description(now.description().replace(DRAINING, "") + told));
    }

    private void change(String id, BiConsumer<Activity, Activity.Builder> change) {
        activities
                .update(id, now -> isUnderWay(now) ? now.copy(next -> change.accept(now, next)) : now)
                .ifPresent(this::publish);
    }

    private void publish(Activity activity) {
        cloud.events()
                .publish(new CloudEvent.ScalingActivityChanged(
                        cloud.time().instant(),
                        activity.autoScalingGroupName(),
                        activity.description(),
                        activity.cause(),
                        activity.statusCodeAsString()));
    }

    private static boolean isUnderWay(Activity activity) {
        return activity.endTime() == null;
    }

    private Stream<Activity> of(String groupArn) {
        return activities.list().stream()
                .filter(activity -> activity.autoScalingGroupARN().equals(groupArn));
    }

    /** Whether a launch or a termination of this very group is under way. */
    public boolean underWay(String groupArn) {
        return of(groupArn).anyMatch(Activities::isUnderWay);
    }

    private DescribeScalingActivitiesResponse describe(DescribeScalingActivitiesRequest request) {
        SUPPORTED.check(request);
        return GroupStore.PAGES.answer(
                request, DescribeScalingActivitiesResponse.builder(), select(request), Activities::orderKey);
    }

    /** Those under way first, then the newest. */
    private static String orderKey(Activity activity) {
        long age = Long.MAX_VALUE - activity.startTime().toEpochMilli();
        return "%s %019d %s".formatted(isUnderWay(activity) ? "0" : "1", age, activity.activityId());
    }

    private List<Activity> select(DescribeScalingActivitiesRequest request) {
        boolean deletedToo = Boolean.TRUE.equals(request.includeDeletedGroups());
        String name = request.autoScalingGroupName();
        if (name != null && !deletedToo) {
            groups.require(name);
        }
        return activities.list().stream()
                .filter(activity ->
                        name == null || activity.autoScalingGroupName().equals(name))
                .filter(activity ->
                        deletedToo || groups.isCurrent(activity.autoScalingGroupName(), activity.autoScalingGroupARN()))
                .toList();
    }
}
