package dev.resilient.cloud.ec2.network;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.wire.ServiceError;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneOptInStatus;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The network, as EC2 describes them. */
public final class NetworkOperations {
    private static final FilterSet<Vpc> VPC_FILTERS = new FilterSet<Vpc>()
            .on("vpc-id", Vpc::vpcId)
            .on("cidr", Vpc::cidrBlock)
            .on("cidr-block-association.cidr-block", Vpc::cidrBlock)
            .on("is-default", Vpc::isDefault)
            .on("isDefault", Vpc::isDefault)
            .on("owner-id", Vpc::ownerId)
            .on("state", Vpc::stateAsString)
            .onTags(Vpc::tags);
    private static final FilterSet<Subnet> SUBNET_FILTERS = new FilterSet<Subnet>()
            .on("subnet-id", Subnet::subnetId)
            .on("subnet-arn", Subnet::subnetArn)
            .on("vpc-id", Subnet::vpcId)
            .on("availability-zone", Subnet::availabilityZone)
            .on("availabilityZone", Subnet::availabilityZone)
            .on("availability-zone-id", Subnet::availabilityZoneId)
            .on("cidr", Subnet::cidrBlock)
            .on("cidr-block", Subnet::cidrBlock)
            .on("default-for-az", Subnet::defaultForAz)
            .on("defaultForAz", Subnet::defaultForAz)
            .on("map-public-ip-on-launch", Subnet::mapPublicIpOnLaunch)
            .on("owner-id", Subnet::ownerId)
            .on("state", Subnet::stateAsString)
            .onTags(Subnet::tags);
    private static final FilterSet<AvailabilityZone> ZONE_FILTERS = new FilterSet<AvailabilityZone>()
            .on("zone-name", AvailabilityZone::zoneName)
            .on("zone-id", AvailabilityZone::zoneId)
            .on("zone-type", AvailabilityZone::zoneType)
            .on("region-name", AvailabilityZone::regionName)
            .on("group-name", AvailabilityZone::groupName)
            .on("state", AvailabilityZone::stateAsString)
            .on("opt-in-status", AvailabilityZone::optInStatusAsString);

    private final Account account;
    private final Network network;

    /** Of this account. */
    public NetworkOperations(Account account, Network network) {
        this.account = account;
        this.network = network;
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.describe(DescribeVpcsRequest.class, this::vpcs);
        registrar.describe(DescribeSubnetsRequest.class, this::subnets);
        registrar.describe(DescribeAvailabilityZonesRequest.class, this::zones);
    }

    DescribeVpcsResponse vpcs(DescribeVpcsRequest request) {
        request.vpcIds().forEach(network::requireVpc);
        return VPC_FILTERS.answer(
                request, DescribeVpcsResponse.builder(), List.of(network.defaultVpc()), Vpc::vpcId, item -> item);
    }

    DescribeSubnetsResponse subnets(DescribeSubnetsRequest request) {
        List<Subnet> chosen = request.subnetIds().isEmpty()
                ? network.subnets()
                : request.subnetIds().stream().map(network::subnet).toList();
        return SUBNET_FILTERS.answer(
                request, DescribeSubnetsResponse.builder(), chosen, Subnet::subnetId, item -> item);
    }

    DescribeAvailabilityZonesResponse zones(DescribeAvailabilityZonesRequest request) {
        for (String name : request.zoneNames()) {
            refuseIf(
                    !account.zones().contains(name),
                    () -> ServiceError.badRequest(
                            "InvalidParameterValue", "Invalid availability zone: [" + name + "]"));
        }
        List<AvailabilityZone> chosen = account.zones().stream()
                .map(this::zone)
                .filter(zone ->
                        request.zoneNames().isEmpty() || request.zoneNames().contains(zone.zoneName()))
                .filter(zone -> request.zoneIds().isEmpty() || request.zoneIds().contains(zone.zoneId()))
                .toList();
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(ZONE_FILTERS.apply(request.filters(), chosen))
                .build();
    }

    private AvailabilityZone zone(String name) {
        return AvailabilityZone.builder()
                .zoneName(name)
                .zoneId(network.zoneId(name))
                .zoneType("availability-zone")
                .regionName(account.region())
                .groupName(account.region() + "-zg-1")
                .networkBorderGroup(account.region())
                .state(AvailabilityZoneState.AVAILABLE)
                .messages(List.of())
                .optInStatus(AvailabilityZoneOptInStatus.OPT_IN_NOT_REQUIRED)
                .build();
    }
}
