package dev.resilient.cloud.autoscaling;

import dev.resilient.cloud.autoscaling.InstanceRefresh.Status;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Page;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.RollbackInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.RollbackInstanceRefreshResponse;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshResponse;

/** Starts, shows, cancels and turns round the refreshes of groups. What follows is the reconciler's work. */
final class InstanceRefreshes {
    private final CloudContext cloud;
    private final GroupStore groups;
    private final Fleet fleet;
    private final RefreshReader reader;

    InstanceRefreshes(CloudContext cloud, GroupStore groups, Fleet fleet) {
        this.cloud = cloud;
        this.groups = groups;
        this.fleet = fleet;
        this.reader = new RefreshReader(new SettingsReader(cloud.account(), fleet));
    }

    void register(OperationRegistry operations) {
        operations.register(
                StartInstanceRefreshRequest.class,
                GroupArns.named(cloud, groups, StartInstanceRefreshRequest::autoScalingGroupName),
                (request, call) -> start(request));
        operations.register(
                CancelInstanceRefreshRequest.class,
                GroupArns.named(cloud, groups, CancelInstanceRefreshRequest::autoScalingGroupName),
                (request, call) -> cancel(request));
        operations.register(
                RollbackInstanceRefreshRequest.class,
                GroupArns.named(cloud, groups, RollbackInstanceRefreshRequest::autoScalingGroupName),
                (request, call) -> rollBack(request));
        operations.register(
                DescribeInstanceRefreshesRequest.class, Access.anyResource(), (request, call) -> describe(request));
    }

    private StartInstanceRefreshResponse start(StartInstanceRefreshRequest request) {
        String id = cloud.ids().uuid();
        groups.change(request.autoScalingGroupName(), group -> {
            if (group.refresh().isPresent()) {
                throw ServiceError.badRequest(
                        "InstanceRefreshInProgress",
                        "An Instance Refresh is already in progress and blocks the execution of this Instance"
                                + " Refresh.");
            }
            Optional<Fleet.TemplateReference> desired = reader.desired(request);
            InstanceRefresh.RefreshPreferences preferences = reader.preferences(request, group);
            return group.withNewRefresh(InstanceRefresh.pending(
                    id,
                    cloud.time().instant(),
                    preferences,
                    desired,
                    outdated(group, preferences, desired.orElse(group.settings().template()))));
        });
        return StartInstanceRefreshResponse.builder().instanceRefreshId(id).build();
    }

    private Set<String> outdated(
            Group group, InstanceRefresh.RefreshPreferences preferences, Fleet.TemplateReference desired) {
        Fleet.Template wanted = fleet.resolve(desired);
        return group.members().stream()
                .filter(member -> member.stays() || member.phase() instanceof Phase.Standby)
                .filter(member -> !preferences.skipsMatching() || !wanted.equals(member.template()))
                .map(Member::instanceId)
                .collect(Collectors.toSet());
    }

    private CancelInstanceRefreshResponse cancel(CancelInstanceRefreshRequest request) {
        boolean waits = !Boolean.FALSE.equals(request.waitForTransitioningInstances());
        String why = "Cancelled due to user request.";
        Instant now = cloud.time().instant();
        String id = change(
                request.autoScalingGroupName(),
                group -> group.withRefresh(
                        waits
                                ? active(group).in(Status.CANCELLING, why)
                                : active(group).ended(Status.CANCELLED, why, now)));
        return CancelInstanceRefreshResponse.builder().instanceRefreshId(id).build();
    }

    private RollbackInstanceRefreshResponse rollBack(RollbackInstanceRefreshRequest request) {
        String id = change(request.autoScalingGroupName(), group -> {
            InstanceRefresh active = active(group);
            if (active.rollback() != null || !active.isReversible(group)) {
                throw ServiceError.badRequest(
                        "IrreversibleInstanceRefresh",
                        "The instance refresh cannot be rolled back: it needs a desired configuration, and a group"
                                + " whose launch template version is a number");
            }
            return group.withRefresh(active.turnedRound(
                    group, "User requested a rollback.", cloud.time().instant()));
        });
        return RollbackInstanceRefreshResponse.builder().instanceRefreshId(id).build();
    }

    /** Changes a group whose refresh is under way, which is its newest; returns the refresh's id. */
    private String change(String groupName, UnaryOperator<Group> change) {
        return groups.change(groupName, change).refreshes().getFirst().id();
    }

    private static InstanceRefresh active(Group group) {
        return group.refresh()
                .filter(refresh -> refresh.status() != Status.CANCELLING)
                .orElseThrow(() -> ServiceError.badRequest(
                        "ActiveInstanceRefreshNotFound",
                        "No in progress or pending Instance Refresh found for Auto Scaling group " + group.name()));
    }

    private DescribeInstanceRefreshesResponse describe(DescribeInstanceRefreshesRequest request) {
        Group group = groups.require(request.autoScalingGroupName());
        List<InstanceRefresh> selected = group.refreshes().stream()
                .filter(refresh -> request.instanceRefreshIds().isEmpty()
                        || request.instanceRefreshIds().contains(refresh.id()))
                .toList();
        Page<InstanceRefresh> page = AutoScaling.PAGES.page(
                selected,
                refresh -> "%04d".formatted(group.refreshes().indexOf(refresh)),
                request.nextToken(),
                request.maxRecords());
        return DescribeInstanceRefreshesResponse.builder()
                .instanceRefreshes(page.items().stream()
                        .map(refresh -> RefreshView.of(group, refresh))
                        .toList())
                .nextToken(page.next())
                .build();
    }
}
