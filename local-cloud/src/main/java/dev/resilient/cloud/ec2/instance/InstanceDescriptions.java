package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Reason;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.wire.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusDetails;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StatusName;
import software.amazon.awssdk.services.ec2.model.StatusType;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

/** Instances as EC2 describes them. */
final class InstanceDescriptions {
    private final Account account;
    private final InstanceTable table;
    private final InstanceRenderer renderer;
    private final FilterSet<LaunchedInstance> filters;
    private final FilterSet<LaunchedInstance> statusFilters;

    InstanceDescriptions(Account account, InstanceTable table, InstanceRenderer renderer) {
        this.account = account;
        this.table = table;
        this.renderer = renderer;
        this.filters = filters(renderer);
        this.statusFilters = new FilterSet<LaunchedInstance>()
                .on("availability-zone", instance -> instance.place().zone())
                .on("instance-state-name", LaunchedInstance::state)
                .on("instance-status.status", instance -> health(instance).statusAsString())
                .on("system-status.status", instance -> health(instance).statusAsString());
    }

    Instance render(LaunchedInstance instance) {
        return renderer.render(instance);
    }

    /** Instances that were launched by one request. */
    Reservation reservation(List<LaunchedInstance> instances) {
        return Reservation.builder()
                .reservationId(instances.getFirst().launch().reservationId())
                .ownerId(account.id())
                .groups(List.of())
                .instances(instances.stream().map(renderer::render).toList())
                .build();
    }

    DescribeInstancesResponse describe(DescribeInstancesRequest request) {
        if (!request.instanceIds().isEmpty() && request.maxResults() != null) {
            throw ServiceError.badRequest(
                    "InvalidParameterCombination",
                    "The parameter instancesSet cannot be used with the parameter maxResults");
        }
        List<LaunchedInstance> chosen =
                request.instanceIds().isEmpty() ? table.list() : table.getAll(request.instanceIds());
        Page<LaunchedInstance> page = filters.page(request, chosen, LaunchedInstance::id);
        Map<String, List<LaunchedInstance>> byReservation = page.items().stream()
                .collect(Collectors.groupingBy(
                        instance -> instance.launch().reservationId(), LinkedHashMap::new, Collectors.toList()));
        return DescribeInstancesResponse.builder()
                .reservations(
                        byReservation.values().stream().map(this::reservation).toList())
                .nextToken(page.next())
                .build();
    }

    /** Running instances only, unless the request asks for all. */
    DescribeInstanceStatusResponse status(DescribeInstanceStatusRequest request) {
        boolean all = Boolean.TRUE.equals(request.includeAllInstances());
        List<LaunchedInstance> chosen = (request.instanceIds().isEmpty()
                        ? table.list()
                        : table.getAll(request.instanceIds()))
                .stream()
                        .filter(instance -> all || instance.state() == InstanceState.RUNNING)
                        .toList();
        return statusFilters.answer(
                request, DescribeInstanceStatusResponse.builder(), chosen, LaunchedInstance::id, this::renderStatus);
    }

    private InstanceStatus renderStatus(LaunchedInstance instance) {
        return InstanceStatus.builder()
                .instanceId(instance.id())
                .availabilityZone(instance.place().zone())
                .instanceState(instance.state().toSdk())
                .instanceStatus(health(instance))
                .systemStatus(health(instance))
                .build();
    }

    private static InstanceStatusSummary health(LaunchedInstance instance) {
        return switch (instance.state()) {
            case RUNNING -> summary(SummaryStatus.OK, StatusType.PASSED);
            case PENDING -> summary(SummaryStatus.INITIALIZING, StatusType.INITIALIZING);
            case STOPPING, STOPPED, SHUTTING_DOWN, TERMINATED ->
                InstanceStatusSummary.builder()
                        .status(SummaryStatus.NOT_APPLICABLE)
                        .build();
        };
    }

    private static InstanceStatusSummary summary(SummaryStatus status, StatusType reachability) {
        return InstanceStatusSummary.builder()
                .status(status)
                .details(InstanceStatusDetails.builder()
                        .name(StatusName.REACHABILITY)
                        .status(reachability)
                        .build())
                .build();
    }

    private static FilterSet<LaunchedInstance> filters(InstanceRenderer renderer) {
        return new FilterSet<LaunchedInstance>()
                .on("instance-id", LaunchedInstance::id)
                .on("instance-state-name", LaunchedInstance::state)
                .on("instance-state-code", instance -> instance.state().toSdk().code())
                .on("availability-zone", instance -> instance.place().zone())
                .on("vpc-id", instance -> instance.place().vpcId())
                .on("subnet-id", instance -> instance.place().subnetId())
                .on("private-ip-address", instance -> instance.place().address())
                .on("ip-address", instance -> instance.place().address())
                .on("network-interface.network-interface-id", instance -> instance.place()
                        .interfaceId())
                .on("image-id", instance -> instance.launch().image().imageId())
                .on("architecture", instance -> instance.launch().image().architecture())
                .on("instance-type", instance -> instance.launch().request().instanceTypeAsString())
                .on("key-name", instance -> instance.launch().request().keyName())
                .on("reservation-id", instance -> instance.launch().reservationId())
                .on("client-token", instance -> instance.launch().request().clientToken())
                .on("launch-index", instance -> instance.launch().index())
                .on("launch-time", instance -> instance.status().launchTime())
                .on("mac-address", instance -> instance.place().mac())
                .on("owner-id", instance -> renderer.ownerId())
                .on("root-device-type", instance -> "ebs")
                .on("virtualization-type", instance -> "hvm")
                .on("tenancy", instance -> "default")
                .on("metadata-options.http-tokens", instance -> instance.metadataOptions()
                        .httpTokensAsString())
                .on("private-dns-name", renderer::hostname)
                .on("iam-instance-profile.arn", renderer::profileArn)
                .on("reason", instance -> code(instance.status().reason()))
                .on("state-reason-code", instance -> code(instance.status().reason()))
                .onEach("instance.group-id", instance -> instance.launch().securityGroupIds())
                .onEach("instance.group-name", instance -> renderer.groupIdentifiers(instance).stream()
                        .map(GroupIdentifier::groupName)
                        .toList())
                .onEach("network-interface.group-id", instance -> instance.launch()
                        .securityGroupIds())
                .onTags(renderer::tags);
    }

    private static @Nullable String code(@Nullable Reason reason) {
        return reason == null ? null : reason.code();
    }
}
