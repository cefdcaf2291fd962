package dev.resilient.cloud.autoscaling.operation;

import static dev.resilient.cloud.autoscaling.group.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.group.Fleet;
import dev.resilient.cloud.autoscaling.group.Group;
import dev.resilient.cloud.autoscaling.group.Member;
import dev.resilient.cloud.autoscaling.group.Phase;
import dev.resilient.cloud.autoscaling.group.Refresh;
import dev.resilient.cloud.autoscaling.plan.Turnover;
import dev.resilient.cloud.autoscaling.reconcile.GroupStore;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.DesiredConfiguration;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshResponse;

/** Starts, shows and cancels the refreshes of groups. What follows is the reconciler's work. */
record InstanceRefreshes(CloudContext cloud, GroupStore groups, Fleet fleet, Settings settings) {
    private static final String STRATEGY = "Rolling";
    private static final SupportedMembers DESIRED = SupportedMembers.of("LaunchTemplate");
    private static final SupportedMembers PREFERENCES =
            SupportedMembers.of("MinHealthyPercentage MaxHealthyPercentage InstanceWarmup SkipMatching");

    void register(OperationRegistry operations) {
        operations.on(StartInstanceRefreshRequest.class, settings.launching(groups.named()), this::start);
        operations.on(CancelInstanceRefreshRequest.class, groups.named(), this::cancel);
        operations.on(DescribeInstanceRefreshesRequest.class, this::describe);
    }

    private StartInstanceRefreshResponse start(StartInstanceRefreshRequest request) {
        String id = cloud.ids().uuid();
        groups.change(request.autoScalingGroupName(), group -> {
            refuseIf(
                    group.refresh().isPresent(),
                    "InstanceRefreshInProgress",
                    "An Instance Refresh is already in progress and blocks the execution of this Instance"
                            + " Refresh.");
            refuseIf(
                    request.strategyAsString() != null
                            && !request.strategyAsString().equals(STRATEGY),
                    "The strategy '" + request.strategyAsString()
                            + "' is not supported by this cloud: instances are replaced");
            Instant now = cloud.time().instant();
            InstanceRefresh refresh = InstanceRefresh.builder()
                    .instanceRefreshId(id)
                    .autoScalingGroupName(group.name())
                    .strategy(STRATEGY)
                    .status(InstanceRefreshStatus.PENDING)
                    .startTime(now)
                    .desiredConfiguration(desired(request.desiredConfiguration()))
                    .preferences(preferences(request.preferences(), group.shape()))
                    .build();
            return group.withNewRefresh(new Refresh(refresh, outdated(group, refresh), 0, now));
        });
        return StartInstanceRefreshResponse.builder().instanceRefreshId(id).build();
    }

    private @Nullable DesiredConfiguration desired(@Nullable DesiredConfiguration asked) {
        if (asked == null) {
            return null;
        }
        DESIRED.check(asked);
        return asked.launchTemplate() == null
                ? null
                : asked.copy(desired -> desired.launchTemplate(settings.template(asked.launchTemplate())));
    }

    /** As asked for; what was not is the group's, or AWS's. */
    private static RefreshPreferences preferences(@Nullable RefreshPreferences asked, AutoScalingGroup group) {
        RefreshPreferences.Builder preferences = RefreshPreferences.builder()
                .minHealthyPercentage(Turnover.Bounds.DEFAULT.minHealthyPercentage())
                .maxHealthyPercentage(Turnover.Bounds.DEFAULT.maxHealthyPercentage())
                .instanceWarmup(
                        group.defaultInstanceWarmup() == null
                                ? group.healthCheckGracePeriod()
                                : group.defaultInstanceWarmup())
                .skipMatching(false);
        if (group.instanceMaintenancePolicy() != null) {
            Members.copy(group.instanceMaintenancePolicy(), preferences);
        }
        if (asked != null) {
            PREFERENCES.check(asked);
            Members.copy(asked, preferences);
        }
        RefreshPreferences read = preferences.build();
        Settings.checkBounds(read.minHealthyPercentage(), read.maxHealthyPercentage());
        Settings.checkSeconds("InstanceWarmup", read.instanceWarmup());
        return read;
    }

    private Set<String> outdated(Group group, InstanceRefresh refresh) {
        var wanted = fleet.resolve(
                refresh.desiredConfiguration() == null
                        ? group.shape().launchTemplate()
                        : refresh.desiredConfiguration().launchTemplate());
        return group.members().stream()
                .filter(member -> member.stays() || member.phase() instanceof Phase.Standby)
                .filter(member -> !refresh.preferences().skipMatching()
                        || !wanted.equals(member.shape().launchTemplate()))
                .map(Member::instanceId)
                .collect(Collectors.toSet());
    }

    private CancelInstanceRefreshResponse cancel(CancelInstanceRefreshRequest request) {
        boolean waits = !Boolean.FALSE.equals(request.waitForTransitioningInstances());
        String why = "Cancelled due to user request.";
        Instant now = cloud.time().instant();
        Group changed = groups.change(request.autoScalingGroupName(), group -> {
            Refresh active = active(group);
            return group.withRefresh(
                    waits
                            ? active.in(InstanceRefreshStatus.CANCELLING, why)
                            : active.ended(InstanceRefreshStatus.CANCELLED, why, now));
        });
        return CancelInstanceRefreshResponse.builder()
                .instanceRefreshId(changed.refreshes().getFirst().id())
                .build();
    }

    private static Refresh active(Group group) {
        return group.refresh()
                .filter(refresh -> refresh.shape().status() != InstanceRefreshStatus.CANCELLING)
                .orElseThrow(() -> ServiceError.badRequest(
                        "ActiveInstanceRefreshNotFound",
                        "No in progress or pending Instance Refresh found for Auto Scaling group " + group.name()));
    }

    private DescribeInstanceRefreshesResponse describe(DescribeInstanceRefreshesRequest request) {
        List<InstanceRefresh> all = groups.require(request.autoScalingGroupName()).refreshes().stream()
                .map(Refresh::shape)
                .toList();
        return GroupStore.PAGES.answer(request, DescribeInstanceRefreshesResponse.builder(), all, refresh -> "%04d"
                .formatted(all.indexOf(refresh)));
    }
}
