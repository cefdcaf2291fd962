package dev.resilient.cloud.ec2.network;

import static dev.resilient.cloud.ec2.request.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
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

/** The network of an account, as EC2 describes it. */
public record NetworkOperations(Account account, Network network) {
    private static final FilterSet<Vpc> VPC_FILTERS = FilterSet.of(Vpc.builder(), """
        vpc-id is-default isDefault owner-id state tag-key=tags.key
        cidr=cidr-block cidr-block-association.cidr-block=cidr-block
        """);
    private static final FilterSet<Subnet> SUBNET_FILTERS = FilterSet.of(Subnet.builder(), """
        subnet-id subnet-arn vpc-id availability-zone availabilityZone availability-zone-id cidr-block cidr=cidr-block
        default-for-az defaultForAz map-public-ip-on-launch owner-id state tag-key=tags.key
        """);
    private static final FilterSet<AvailabilityZone> ZONE_FILTERS = FilterSet.of(
            AvailabilityZone.builder(), "zone-name zone-id zone-type region-name group-name state opt-in-status");

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.describe(DescribeVpcsRequest.class, this::vpcs);
        registrar.describe(DescribeSubnetsRequest.class, this::subnets);
        registrar.describe(DescribeAvailabilityZonesRequest.class, this::zones);
    }

    DescribeVpcsResponse vpcs(DescribeVpcsRequest request) {
        request.vpcIds().forEach(network::requireVpc);
        return VPC_FILTERS.answer(request, DescribeVpcsResponse.builder(), List.of(network.defaultVpc()), Vpc::vpcId);
    }

    DescribeSubnetsResponse subnets(DescribeSubnetsRequest request) {
        request.subnetIds().forEach(network::subnet);
        return SUBNET_FILTERS.answer(request, DescribeSubnetsResponse.builder(), network.subnets(), Subnet::subnetId);
    }

    DescribeAvailabilityZonesResponse zones(DescribeAvailabilityZonesRequest request) {
        for (String name : request.zoneNames()) {
            refuseIf(!account.zones().contains(name), "Invalid availability zone: [" + name + "]");
        }
        List<AvailabilityZone> all = account.zones().stream().map(this::zone).toList();
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(ZONE_FILTERS.apply(request, all))
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
