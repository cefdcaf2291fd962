package dev.resilient.cloud.ec2.image;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** The instance types that the cloud offers, all of them in every zone. An instance's type changes nothing about its process. */
public record InstanceTypes(Account account, Network network) {
    private static final Map<String, List<String>> OFFERED = Map.of(
            "x86_64", List.of("t3.nano", "t3.micro", "t3.small", "t3.medium"),
            "arm64", List.of("t4g.nano", "t4g.micro", "t4g.small", "t4g.medium"));
    private static final FilterSet<InstanceTypeOffering> FILTERS =
            FilterSet.of(InstanceTypeOffering.builder(), "instance-type location");

    /** The architecture of an offered type. */
    public Optional<String> architecture(String instanceType) {
        return OFFERED.entrySet().stream()
                .filter(types -> types.getValue().contains(instanceType))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.describe(DescribeInstanceTypeOfferingsRequest.class, this::offerings);
    }

    private DescribeInstanceTypeOfferingsResponse offerings(DescribeInstanceTypeOfferingsRequest request) {
        LocationType locationType = Optional.ofNullable(request.locationType()).orElse(LocationType.REGION);
        List<InstanceTypeOffering> all = OFFERED.values().stream()
                .flatMap(List::stream)
                .flatMap(type -> locations(locationType).stream().map(location -> InstanceTypeOffering.builder()
                        .instanceType(type)
                        .locationType(locationType)
                        .location(location)
                        .build()))
                .toList();
        return FILTERS.answer(
                request,
                DescribeInstanceTypeOfferingsResponse.builder(),
                all,
                offering -> offering.location() + "/" + offering.instanceTypeAsString());
    }

    private List<String> locations(LocationType type) {
        return switch (type) {
            case REGION -> List.of(account.region());
            case AVAILABILITY_ZONE -> account.zones();
            case AVAILABILITY_ZONE_ID ->
                account.zones().stream().map(network::zoneId).toList();
            case OUTPOST, UNKNOWN_TO_SDK_VERSION -> List.of();
        };
    }
}
