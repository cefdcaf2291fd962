package dev.resilient.cloud.ec2.network;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.Page;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.wire.ServiceError;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AccountAttributeValue;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneOptInStatus;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The network and the account, as EC2 describes them. */
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
    private static final FilterSet<Region> REGION_FILTERS = new FilterSet<Region>()
            .on("region-name", Region::regionName)
            .on("endpoint", Region::endpoint)
            .on("opt-in-status", Region::optInStatus);

    private final Account account;
    private final Network network;
    private final int instanceLimit;

    /** @param instanceLimit how many instances the account can have */
    public NetworkOperations(Account account, Network network, int instanceLimit) {
        this.account = account;
        this.network = network;
        this.instanceLimit = instanceLimit;
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.describe(DescribeVpcsRequest.class, this::vpcs);
        registrar.describe(DescribeVpcAttributeRequest.class, this::vpcAttribute);
        registrar.describe(DescribeSubnetsRequest.class, this::subnets);
        registrar.describe(DescribeAvailabilityZonesRequest.class, this::zones);
        registrar.describe(DescribeRegionsRequest.class, this::regions);
        registrar.describe(DescribeAccountAttributesRequest.class, this::accountAttributes);
    }

    DescribeVpcsResponse vpcs(DescribeVpcsRequest request) {
        request.vpcIds().forEach(network::requireVpc);
        Page<Vpc> page = VPC_FILTERS.page(request, List.of(network.defaultVpc()), Vpc::vpcId);
        return DescribeVpcsResponse.builder()
                .vpcs(page.items())
                .nextToken(page.next())
                .build();
    }

    /** Nothing answers to host names here, and addresses are not counted. */
    DescribeVpcAttributeResponse vpcAttribute(DescribeVpcAttributeRequest request) {
        network.requireVpc(request.vpcId());
        DescribeVpcAttributeResponse.Builder response =
                DescribeVpcAttributeResponse.builder().vpcId(request.vpcId());
        Consumer<AttributeBooleanValue.Builder> no = value -> value.value(false);
        return switch (request.attribute()) {
            case ENABLE_DNS_SUPPORT -> response.enableDnsSupport(no).build();
            case ENABLE_DNS_HOSTNAMES -> response.enableDnsHostnames(no).build();
            case ENABLE_NETWORK_ADDRESS_USAGE_METRICS ->
                response.enableNetworkAddressUsageMetrics(no).build();
            case UNKNOWN_TO_SDK_VERSION ->
                throw ServiceError.badRequest(
                        "InvalidParameterValue",
                        "Value (" + request.attributeAsString() + ") for parameter attribute is invalid.");
        };
    }

    DescribeSubnetsResponse subnets(DescribeSubnetsRequest request) {
        List<Subnet> chosen = request.subnetIds().isEmpty()
                ? network.subnets()
                : request.subnetIds().stream().map(network::subnet).toList();
        Page<Subnet> page = SUBNET_FILTERS.page(request, chosen, Subnet::subnetId);
        return DescribeSubnetsResponse.builder()
                .subnets(page.items())
                .nextToken(page.next())
                .build();
    }

    DescribeAvailabilityZonesResponse zones(DescribeAvailabilityZonesRequest request) {
        for (String name : request.zoneNames()) {
            if (!account.zones().contains(name)) {
                throw ServiceError.badRequest("InvalidParameterValue", "Invalid availability zone: [" + name + "]");
            }
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

    DescribeRegionsResponse regions(DescribeRegionsRequest request) {
        List<String> others = request.regionNames().stream()
                .filter(name -> !name.equals(account.region()))
                .toList();
        if (!others.isEmpty()) {
            throw ServiceError.badRequest("InvalidParameterValue", "Invalid region: " + others);
        }
        Region only = Region.builder()
                .regionName(account.region())
                .endpoint("ec2." + account.region() + ".amazonaws.com")
                .optInStatus("opt-in-not-required")
                .build();
        return DescribeRegionsResponse.builder()
                .regions(REGION_FILTERS.apply(request.filters(), List.of(only)))
                .build();
    }

    /** Those that this cloud keeps to. */
    DescribeAccountAttributesResponse accountAttributes(DescribeAccountAttributesRequest request) {
        return DescribeAccountAttributesResponse.builder()
                .accountAttributes(Stream.of(
                                attribute("supported-platforms", "VPC"),
                                attribute("default-vpc", network.defaultVpc().vpcId()),
                                attribute("max-instances", String.valueOf(instanceLimit)))
                        .filter(attribute -> request.attributeNames().isEmpty()
                                || request.attributeNamesAsStrings().contains(attribute.attributeName()))
                        .toList())
                .build();
    }

    private static AccountAttribute attribute(String name, String value) {
        return AccountAttribute.builder()
                .attributeName(name)
                .attributeValues(
                        AccountAttributeValue.builder().attributeValue(value).build())
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
