package dev.resilient.cloud.autoscaling;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.autoscaling.Turnover.Bounds;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.Access;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshResponse;

/** Starts, shows and cancels the refreshes of groups. What follows is the reconciler's work. */
final class InstanceRefreshes {
    private static final SupportedMembers DESIRED = SupportedMembers.of("LaunchTemplate");
    private static final SupportedMembers PREFERENCES =
            SupportedMembers.of("MinHealthyPercentage MaxHealthyPercentage InstanceWarmup SkipMatching");

    private final CloudContext cloud;
    private final GroupStore groups;
    private final Fleet fleet;
    private final SettingsReader reader;

    InstanceRefreshes(CloudContext cloud, GroupStore groups, Fleet fleet) {
        this.cloud = cloud;
        this.groups = groups;
        this.fleet = fleet;
        this.reader = new SettingsReader(cloud.account(), fleet);
    }

    void register(OperationRegistry operations) {
        Access<AwsRequest> group = GroupArns.named(cloud, groups);
        operations.on(StartInstanceRefreshRequest.class, group, this::start);
        operations.on(CancelInstanceRefreshRequest.class, group, this::cancel);
        operations.on(DescribeInstanceRefreshesRequest.class, this::describe);
    }

    private StartInstanceRefreshResponse start(StartInstanceRefreshRequest request) {
        String id = cloud.ids().uuid();
        groups.change(request.autoScalingGroupName(), group -> {
            refuseIf(
                    group.refresh().isPresent(),
                    () -> ServiceError.badRequest(
                            "InstanceRefreshInProgress",
                            "An Instance Refresh is already in progress and blocks the execution of this Instance"
                                    + " Refresh."));
            Optional<Fleet.TemplateReference> desired = desired(request);
            RefreshPreferences preferences = preferences(request, group);
            Set<String> outdated =
                    outdated(group, preferences, desired.orElse(group.settings().template()));
            Instant now = cloud.time().instant();
            return group.withNewRefresh(new InstanceRefresh(
                    id,
                    InstanceRefreshStatus.PENDING,
                    null,
                    now,
                    null,
                    preferences,
                    desired,
                    outdated,
                    new InstanceRefresh.Progress(outdated.size(), outdated.size(), 0, now)));
        });
        return StartInstanceRefreshResponse.builder().instanceRefreshId(id).build();
    }

    private Set<String> outdated(Group group, RefreshPreferences preferences, Fleet.TemplateReference desired) {
        Fleet.Template wanted = fleet.resolve(desired);
        return group.members().stream()
                .filter(member -> member.stays() || member.phase() instanceof Phase.Standby)
                .filter(member -> !preferences.skipMatching() || !wanted.equals(member.template()))
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
                                ? active(group).in(InstanceRefreshStatus.CANCELLING, why)
                                : active(group).ended(InstanceRefreshStatus.CANCELLED, why, now)));
        return CancelInstanceRefreshResponse.builder().instanceRefreshId(id).build();
    }

    /** Changes a group whose refresh is under way, which is its newest; returns the refresh's id. */
    private String change(String groupName, UnaryOperator<Group> change) {
        return groups.change(groupName, change).refreshes().getFirst().id();
    }

    private static InstanceRefresh active(Group group) {
        return group.refresh()
                .filter(refresh -> refresh.status() != InstanceRefreshStatus.CANCELLING)
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
        return AutoScaling.PAGES.answer(
                request,
                DescribeInstanceRefreshesResponse.builder(),
                selected,
                refresh -> "%04d".formatted(group.refreshes().indexOf(refresh)),
                refresh -> refresh.shown(group.name()));
    }

    private Optional<Fleet.TemplateReference> desired(StartInstanceRefreshRequest request) {
        if (request.strategyAsString() != null && !request.strategyAsString().equals("Rolling")) {
            throw Errors.validation("The strategy '" + request.strategyAsString()
                    + "' is not supported by this cloud: instances are replaced");
        }
        if (request.desiredConfiguration() == null) {
            return Optional.empty();
        }
        DESIRED.check(request.desiredConfiguration());
        return reader.template(request.desiredConfiguration().launchTemplate());
    }

    private static RefreshPreferences preferences(StartInstanceRefreshRequest request, Group group) {
        GroupSettings settings = group.settings();
        RefreshPreferences given = Objects.requireNonNullElse(
                request.preferences(), RefreshPreferences.builder().build());
        PREFERENCES.check(given);
        Bounds otherwise = settings.maintenance().orElse(Bounds.DEFAULT);
        Bounds bounds = SettingsReader.bounds(
                Objects.requireNonNullElse(given.minHealthyPercentage(), otherwise.minHealthyPercentage()),
                Objects.requireNonNullElse(given.maxHealthyPercentage(), otherwise.maxHealthyPercentage()));
        Duration warmup = SettingsReader.seconds(
                "InstanceWarmup",
                given.instanceWarmup(),
                settings.defaultInstanceWarmup().orElse(settings.gracePeriod()));
        return RefreshPreferences.builder()
                .minHealthyPercentage(bounds.minHealthyPercentage())
                .maxHealthyPercentage(bounds.maxHealthyPercentage())
                .instanceWarmup((int) warmup.toSeconds())
                .skipMatching(Boolean.TRUE.equals(given.skipMatching()))
                .build();
    }
}
