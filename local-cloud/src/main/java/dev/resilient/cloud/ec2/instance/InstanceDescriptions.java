package dev.resilient.cloud.ec2.instance;

import static dev.resilient.cloud.ec2.request.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.tag.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusDetails;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StatusName;
import software.amazon.awssdk.services.ec2.model.StatusType;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

/** Instances as EC2 describes them. */
record InstanceDescriptions(Account account, InstanceTable table, Tags tags) {
    private static final int LEAST = 5;
    private static final int MOST = 1000;

    /** Over reservations of one instance each. */
    private static final FilterSet<Reservation> FILTERS = FilterSet.of(
                    Reservation.builder(), "reservation-id owner-id requester-id")
            .and("instances.", """
                instance-id image-id instance-type key-name vpc-id subnet-id private-ip-address private-dns-name
                architecture client-token launch-time root-device-type virtualization-type tag-key=tags.key
                tag-value=tags.value dns-name=public-dns-name instance-lifecycle platform platform-details hypervisor
                kernel-id ramdisk-id root-device-name source-dest-check spot-instance-request-id ipv6-address outpost-arn
                monitoring-state=monitoring.state availability-zone-id=placement.availability-zone-id
                iam-instance-profile.id state-reason-message=state-reason.message
                metadata-options.http-endpoint metadata-options.http-put-response-hop-limit metadata-options.state
                metadata-options.http-protocol-ipv6 metadata-options.instance-metadata-tags
                ip-address=public-ip-address launch-index=ami-launch-index
                availability-zone=placement.availability-zone tenancy=placement.tenancy
                instance-state-name=state.name instance-state-code=state.code
                reason=state-reason.code state-reason-code=state-reason.code
                metadata-options.http-tokens iam-instance-profile.arn
                instance.group-id=security-groups.group-id instance.group-name=security-groups.group-name
                mac-address=network-interfaces.mac-address
                """)
            .and("instances.network-interfaces.", """
                network-interface.network-interface-id=network-interface-id
                network-interface.group-id=groups.group-id network-interface.group-name=groups.group-name
                network-interface.subnet-id=subnet-id network-interface.vpc-id=vpc-id
                network-interface.private-ip-address=private-ip-address
                network-interface.private-dns-name=private-dns-name network-interface.mac-address=mac-address
                network-interface.owner-id=owner-id network-interface.status=status
                network-interface.source-dest-check=source-dest-check network-interface.description=description
                """);

    private static final FilterSet<InstanceStatus> STATUS_FILTERS = FilterSet.of(InstanceStatus.builder(), """
        availability-zone instance-state-name=instance-state.name instance-status.status system-status.status
        """);

    Instance show(LaunchedInstance instance) {
        return instance.shown().toBuilder().tags(tags.of(instance.id())).build();
    }

    /** Instances that were launched by one request. */
    Reservation reservation(List<LaunchedInstance> instances) {
        return reservation(
                instances.getFirst().reservationId(),
                instances.stream().map(this::show).toList());
    }

    private Reservation reservation(String id, List<Instance> instances) {
        return Reservation.builder()
                .reservationId(id)
                .ownerId(account.id())
                .groups(List.of())
                .instances(instances)
                .build();
    }

    DescribeInstancesResponse describe(DescribeInstancesRequest request) {
        refuseIf(
                !request.instanceIds().isEmpty() && request.maxResults() != null,
                "InvalidParameterCombination",
                "The parameter instancesSet cannot be used with the parameter maxResults");
        refuseIf(
                request.maxResults() != null && request.maxResults() < LEAST,
                "Value ( " + request.maxResults()
                        + " ) for parameter maxResults is invalid. Expecting a value greater than " + LEAST + ".");
        refuseIf(
                request.maxResults() != null && request.maxResults() > MOST,
                "Value ( " + request.maxResults()
                        + " ) for parameter maxResults is invalid. Expecting a value less than " + MOST + ".");
        List<Reservation> chosen = chosen(request.instanceIds())
                .map(instance -> reservation(List.of(instance)))
                .toList();
        Page<Reservation> page = FILTERS.page(
                request, chosen, each -> each.instances().getFirst().instanceId());
        Map<String, List<Instance>> byReservation = page.items().stream()
                .collect(Collectors.groupingBy(
                        Reservation::reservationId,
                        LinkedHashMap::new,
                        Collectors.flatMapping(each -> each.instances().stream(), Collectors.toList())));
        return DescribeInstancesResponse.builder()
                .reservations(byReservation.entrySet().stream()
                        .map(each -> reservation(each.getKey(), each.getValue()))
                        .toList())
                .nextToken(page.next())
                .build();
    }

    /** Running instances only, unless the request asks for all. */
    DescribeInstanceStatusResponse status(DescribeInstanceStatusRequest request) {
        boolean all = Boolean.TRUE.equals(request.includeAllInstances());
        List<InstanceStatus> chosen = chosen(request.instanceIds())
                .filter(instance -> all || instance.state() == InstanceStateName.RUNNING)
                .map(InstanceDescriptions::status)
                .toList();
        return STATUS_FILTERS.answer(
                request, DescribeInstanceStatusResponse.builder(), chosen, InstanceStatus::instanceId);
    }

    private Stream<LaunchedInstance> chosen(List<String> ids) {
        return (ids.isEmpty() ? table.list() : table.getAll(ids)).stream();
    }

    private static InstanceStatus status(LaunchedInstance instance) {
        InstanceStatusSummary health =
                switch (instance.state()) {
                    case RUNNING -> health(SummaryStatus.OK, StatusType.PASSED);
                    case PENDING -> health(SummaryStatus.INITIALIZING, StatusType.INITIALIZING);
                    case STOPPING, STOPPED, SHUTTING_DOWN, TERMINATED, UNKNOWN_TO_SDK_VERSION ->
                        InstanceStatusSummary.builder()
                                .status(SummaryStatus.NOT_APPLICABLE)
                                .build();
                };
        return InstanceStatus.builder()
                .instanceId(instance.id())
                .availabilityZone(instance.shown().placement().availabilityZone())
                .instanceState(instance.shown().state())
                .instanceStatus(health)
                .systemStatus(health)
                .build();
    }

    private static InstanceStatusSummary health(SummaryStatus status, StatusType reachability) {
        return InstanceStatusSummary.builder()
                .status(status)
                .details(InstanceStatusDetails.builder()
                        .name(StatusName.REACHABILITY)
                        .status(reachability)
                        .build())
                .build();
    }
}
