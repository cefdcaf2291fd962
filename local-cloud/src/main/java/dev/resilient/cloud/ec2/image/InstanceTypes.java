package dev.resilient.cloud.ec2.image;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** The instance types that the cloud offers, all of them in every zone. An instance's type changes nothing about its process. */
public final class InstanceTypes {
    private static final String X86_64 = "x86_64";
    private static final String ARM64 = "arm64";
    private static final List<Type> OFFERED = List.of(
            new Type("t3.nano", X86_64),
            new Type("t3.micro", X86_64),
            new Type("t3.small", X86_64),
            new Type("t3.medium", X86_64),
            new Type("t4g.nano", ARM64),
            new Type("t4g.micro", ARM64),
            new Type("t4g.small", ARM64),
            new Type("t4g.medium", ARM64));

    private final Account account;
    private final Network network;
    private final FilterSet<InstanceTypeOffering> offeringFilters = new FilterSet<InstanceTypeOffering>()
            .on("instance-type", InstanceTypeOffering::instanceTypeAsString)
            .on("location", InstanceTypeOffering::location);

    /** Those that every account is offered. */
    public InstanceTypes(Account account, Network network) {
        this.account = account;
        this.network = network;
    }

    /** The architecture of an offered type. */
    public Optional<String> architecture(String instanceType) {
        return OFFERED.stream()
                .filter(type -> type.name.equals(instanceType))
                .map(Type::architecture)
                .findFirst();
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.describe(DescribeInstanceTypeOfferingsRequest.class, this::offerings);
    }

    private DescribeInstanceTypeOfferingsResponse offerings(DescribeInstanceTypeOfferingsRequest request) {
        LocationType locationType = Optional.ofNullable(request.locationType()).orElse(LocationType.REGION);
        List<InstanceTypeOffering> all = locations(locationType).stream()
                .flatMap(location -> OFFERED.stream().map(type -> InstanceTypeOffering.builder()
                        .instanceType(type.name)
                        .locationType(locationType)
                        .location(location)
                        .build()))
                .toList();
        return offeringFilters.answer(
                request,
                DescribeInstanceTypeOfferingsResponse.builder(),
                all,
                offering -> offering.location() + "/" + offering.instanceTypeAsString(),
                item -> item);
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

    private record Type(String name, String architecture) {}
}
