package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.ScenarioException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The network that a deployment is put into: a VPC, and one subnet in each of three zones that can run its instances. */
public record Network(String vpcId, List<Subnet> subnets) {
    /** What each instance is. */
    public static final InstanceType INSTANCE_TYPE = InstanceType.T3_MICRO;

    /** One instance in each: this many zones, and this many instances. */
    public static final int ZONES = 3;

    /**
     * Looks the network up.
     *
     * @throws ScenarioException if there is no such VPC, or if it has no subnets in enough zones
     */
    public static Network find(Environment environment) {
        Ec2Client ec2 = environment.aws().ec2();
        environment.deployment().vpcId().ifPresent(id -> requireVpc(ec2, id));
        String vpcId = environment.deployment().vpcId().orElseGet(() -> defaultVpc(ec2));
        boolean isDefault = environment.deployment().vpcId().isEmpty();
        Set<String> zones = usableZones(ec2);
        Map<String, Subnet> byZone = subnets(ec2, vpcId, isDefault).stream()
                .filter(subnet -> zones.contains(subnet.availabilityZone()))
                .collect(Collectors.toMap(
                        Subnet::availabilityZone, Function.identity(), (first, _) -> first, TreeMap::new));
        if (byZone.size() < ZONES) {
            throw new ScenarioException(
                    "The VPC %s has subnets in %d zones that offer %s %s, but %d are needed: name another VPC with --vpc-id, or another region with --region."
                            .formatted(vpcId, byZone.size(), INSTANCE_TYPE, byZone.keySet(), ZONES));
        }
        return new Network(vpcId, byZone.values().stream().limit(ZONES).toList());
    }

    /** The zones of the subnets. */
    public List<String> zones() {
        return subnets.stream().map(Subnet::availabilityZone).toList();
    }

    /** The ids of the subnets. */
    List<String> subnetIds() {
        return subnets.stream().map(Subnet::subnetId).toList();
    }

    private static void requireVpc(Ec2Client ec2, String id) {
        if (ec2.describeVpcs(request -> request.filters(filter("vpc-id", id)))
                .vpcs()
                .isEmpty()) {
            throw new ScenarioException(
                    "There is no VPC %s in this region: name another one with --vpc-id, or another region with --region."
                            .formatted(id));
        }
    }

    private static String defaultVpc(Ec2Client ec2) {
        return ec2.describeVpcs(request -> request.filters(filter("is-default", "true"))).vpcs().stream()
                .map(Vpc::vpcId)
                .findFirst()
                .orElseThrow(() -> new ScenarioException(
                        "There is no default VPC in this region: name one with --vpc-id, or create a default VPC."));
    }

    /** Ordinary zones that are available and offer the instance type; Local Zones and Wavelength Zones are not ordinary. */
    private static Set<String> usableZones(Ec2Client ec2) {
        Set<String> offering = ec2
                .describeInstanceTypeOfferingsPaginator(request -> request.locationType(LocationType.AVAILABILITY_ZONE)
                        .filters(filter("instance-type", INSTANCE_TYPE.toString())))
                .instanceTypeOfferings()
                .stream()
                .map(InstanceTypeOffering::location)
                .collect(Collectors.toSet());
        return ec2
                .describeAvailabilityZones(request ->
                        request.filters(filter("zone-type", "availability-zone"), filter("state", "available")))
                .availabilityZones()
                .stream()
                .map(AvailabilityZone::zoneName)
                .filter(offering::contains)
                .collect(Collectors.toSet());
    }

    private static List<Subnet> subnets(Ec2Client ec2, String vpcId, boolean onlyDefault) {
        var request = DescribeSubnetsRequest.builder();
        if (onlyDefault) {
            request.filters(filter("vpc-id", vpcId), filter("default-for-az", "true"));
        } else {
            request.filters(filter("vpc-id", vpcId));
        }
        return ec2.describeSubnetsPaginator(request.build()).subnets().stream().toList();
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }
}
