package dev.resilient.cloud.ec2.template;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** Which parameters of a launch count, which are passed over since they mean nothing to a process, and which are refused. */
public final class LaunchParameters {
    private static final String UNSUPPORTED = "UnsupportedOperation";
    private static final SupportedMembers HONOURED = SupportedMembers.of("""
        ClientToken DisableApiTermination DryRun IamInstanceProfile ImageId
        InstanceInitiatedShutdownBehavior InstanceType KeyName LaunchTemplate MaxCount MetadataOptions MinCount
        NetworkInterfaces Placement SecurityGroupIds SecurityGroups SubnetId TagSpecifications UserData\
        """);

    /** Kept where the instance is shown, and without effect. */
    private static final SupportedMembers PASSED_OVER = SupportedMembers.of("""
        BlockDeviceMappings CpuOptions CreditSpecification EbsOptimized MaintenanceOptions Monitoring
        PrivateDnsNameOptions\
        """);

    private static final SupportedMembers KNOWN = HONOURED.and(PASSED_OVER);
    private static final SupportedMembers OF_PLACEMENT =
            SupportedMembers.of("AvailabilityZone AvailabilityZoneId Tenancy");
    private static final SupportedMembers OF_INTERFACE = SupportedMembers.of(
            "AssociatePublicIpAddress DeleteOnTermination Description DeviceIndex Groups NetworkCardIndex SubnetId");

    /** What an interface of its own says in the place of the launch. */
    private static final Map<String, String> OF_INSTANCE = Map.of(
            "SecurityGroupIds", "security groups",
            "SecurityGroups", "security groups",
            "SubnetId", "subnet ID");

    private LaunchParameters() {}

    /**
     * Refuses what would make another instance on AWS than here, and what contradicts itself.
     *
     * @param launch a request to run instances, or what a launch template says of one
     * @throws ServiceError {@code UnsupportedOperation}, naming the parameter, or {@code InvalidParameterCombination}
     */
    public static void check(SdkPojo launch) {
        KNOWN.check(launch, UNSUPPORTED);
        Members.get(launch, "Placement", SdkPojo.class).ifPresent(LaunchParameters::checkPlacement);
        List<SdkPojo> interfaces = Members.list(launch, "NetworkInterfaces", SdkPojo.class);
        interfaces.forEach(each -> OF_INTERFACE.check(each, UNSUPPORTED));
        refuseIf(
                interfaces.size() > 1,
                UNSUPPORTED,
                "More than one of the parameter NetworkInterfaces is not supported by this cloud");
        OF_INSTANCE.forEach((member, words) -> refuseIf(
                !interfaces.isEmpty()
                        && Members.get(launch, member, Object.class).isPresent(),
                "InvalidParameterCombination",
                "Network interfaces and an instance-level " + words + " may not be specified on the same request"));
    }

    private static void checkPlacement(SdkPojo placement) {
        OF_PLACEMENT.check(placement, UNSUPPORTED);
        refuseIf(
                !Members.get(placement, "Tenancy", String.class)
                        .orElse("default")
                        .equals("default"),
                UNSUPPORTED,
                "The parameter Tenancy is not supported by this cloud");
        refuseIf(
                Members.get(placement, "AvailabilityZone", String.class).isPresent()
                        && Members.get(placement, "AvailabilityZoneId", String.class)
                                .isPresent(),
                "InvalidParameterCombination",
                "The parameters AvailabilityZone and AvailabilityZoneId may not be specified together");
    }
}
