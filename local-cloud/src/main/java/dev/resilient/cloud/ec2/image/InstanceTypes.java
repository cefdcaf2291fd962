package dev.resilient.cloud.ec2.image;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.request.FilterSet;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.wire.ServiceError;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/**
 * The instance types that the cloud offers: all sizes of the everyday families, in every zone. An instance's type changes nothing
 * about its process.
 */
public record InstanceTypes(Account account, Network network) {
    private static final Set<String> X86_64 =
            Set.of("t2 t3 t3a m5 m5a m6a m6i m7a m7i c5 c5a c6a c6i c7a c7i r5 r5a r6a r6i r7a r7i".split(" "));
    private static final Set<String> ARM64 = Set.of("t4g m6g m7g m8g c6g c7g c8g r6g r7g r8g".split(" "));

    /** Made when somebody asks, since AWS has more than a thousand types and a cloud starts in less than a second. */
    private static final class Offered {
        /** The architecture of each, in AWS's order. */
        static final Map<InstanceType, String> ARCHITECTURES = offered();
    }

    private static final FilterSet<InstanceTypeOffering> FILTERS =
            FilterSet.of(InstanceTypeOffering.builder(), "instance-type location");

    private static Map<InstanceType, String> offered() {
        Map<InstanceType, String> offered = new EnumMap<>(InstanceType.class);
        for (InstanceType type : InstanceType.knownValues()) {
            String family = type.toString().split("\\.", 2)[0];
            if (X86_64.contains(family) || ARM64.contains(family)) {
                offered.put(type, X86_64.contains(family) ? "x86_64" : "arm64");
            }
        }
        return offered;
    }

    /**
     * The architecture of a type.
     *
     * @throws ServiceError {@code InvalidParameterValue} if AWS has no such type, {@code Unsupported} if this cloud does not offer it
     */
    public String architecture(String instanceType) {
        InstanceType type = InstanceType.fromValue(instanceType);
        refuseIf(
                type == InstanceType.UNKNOWN_TO_SDK_VERSION,
                "InvalidParameterValue",
                "Invalid value '" + instanceType + "' for InstanceType.");
        return Optional.ofNullable(Offered.ARCHITECTURES.get(type))
                .orElseThrow(() -> ServiceError.badRequest(
                        "Unsupported",
                        "The requested configuration is currently not supported. This cloud does not offer the instance type "
                                + instanceType + "; DescribeInstanceTypeOfferings lists those that it does."));
    }

    /** Registers every operation. */
    public void register(Registrar registrar) {
        registrar.describe(DescribeInstanceTypeOfferingsRequest.class, this::offerings);
    }

    private DescribeInstanceTypeOfferingsResponse offerings(DescribeInstanceTypeOfferingsRequest request) {
        LocationType locationType = Optional.ofNullable(request.locationType()).orElse(LocationType.REGION);
        List<InstanceTypeOffering> all = Offered.ARCHITECTURES.keySet().stream()
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
