package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Place;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.wire.ServiceError;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;

/** The network interfaces of instances: each has one, from its launch to its end. */
final class NetworkInterfaces {
    private final Account account;
    private final InstanceTable instances;
    private final InstanceRenderer renderer;
    private final FilterSet<NetworkInterface> filters = new FilterSet<NetworkInterface>()
            .on("network-interface-id", NetworkInterface::networkInterfaceId)
            .on("attachment.instance-id", each -> each.attachment().instanceId())
            .on("attachment.status", each -> each.attachment().statusAsString())
            .on("availability-zone", NetworkInterface::availabilityZone)
            .on("addresses.private-ip-address", NetworkInterface::privateIpAddress)
            .on("private-ip-address", NetworkInterface::privateIpAddress)
            .on("private-dns-name", NetworkInterface::privateDnsName)
            .on("mac-address", NetworkInterface::macAddress)
            .on("owner-id", NetworkInterface::ownerId)
            .on("status", NetworkInterface::statusAsString)
            .on("subnet-id", NetworkInterface::subnetId)
            .on("vpc-id", NetworkInterface::vpcId)
            .onEach(
                    "group-id",
                    each -> each.groups().stream().map(GroupIdentifier::groupId).toList())
            .onEach("group-name", each -> each.groups().stream()
                    .map(GroupIdentifier::groupName)
                    .toList());

    NetworkInterfaces(Account account, InstanceTable instances, InstanceRenderer renderer) {
        this.account = account;
        this.instances = instances;
        this.renderer = renderer;
    }

    DescribeNetworkInterfacesResponse describe(DescribeNetworkInterfacesRequest request) {
        List<NetworkInterface> all = instances.list().stream()
                .filter(instance -> instance.state() != InstanceState.TERMINATED)
                .map(this::render)
                .toList();
        List<String> wanted = request.networkInterfaceIds();
        wanted.forEach(id -> requireExisting(all, id));
        List<NetworkInterface> chosen = all.stream()
                .filter(each -> wanted.isEmpty() || wanted.contains(each.networkInterfaceId()))
                .toList();
        Page<NetworkInterface> page = filters.page(request, chosen, NetworkInterface::networkInterfaceId);
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items())
                .nextToken(page.next())
                .build();
    }

    private static void requireExisting(List<NetworkInterface> all, String id) {
        if (all.stream().noneMatch(each -> each.networkInterfaceId().equals(id))) {
            throw ServiceError.badRequest(
                    "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '" + id + "' does not exist");
        }
    }

    private NetworkInterface render(LaunchedInstance instance) {
        Place place = instance.place();
        return NetworkInterface.builder()
                .networkInterfaceId(place.interfaceId())
                .attachment(attachment -> attachment
                        .attachmentId(place.interfaceId().replaceFirst("eni-", "eni-attach-"))
                        .attachTime(instance.status().launchTime())
                        .deleteOnTermination(true)
                        .deviceIndex(0)
                        .instanceId(instance.id())
                        .instanceOwnerId(account.id())
                        .status(AttachmentStatus.ATTACHED))
                .availabilityZone(place.zone())
                .description("")
                .groups(renderer.groupIdentifiers(instance))
                .interfaceType("interface")
                .macAddress(place.mac())
                .ownerId(account.id())
                .privateDnsName(renderer.hostname(instance))
                .privateIpAddress(place.address())
                .privateIpAddresses(NetworkInterfacePrivateIpAddress.builder()
                        .primary(true)
                        .privateIpAddress(place.address())
                        .build())
                .requesterManaged(false)
                .sourceDestCheck(true)
                .status(NetworkInterfaceStatus.IN_USE)
                .subnetId(place.subnetId())
                .vpcId(place.vpcId())
                .build();
    }
}
