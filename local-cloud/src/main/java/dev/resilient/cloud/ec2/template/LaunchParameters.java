package dev.resilient.cloud.ec2.template;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.wire.ServiceError;
import software.amazon.awssdk.core.SdkPojo;

/** Which parameters of a launch count, which are passed over since they mean nothing to a process, and which are refused. */
public final class LaunchParameters {
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

    private LaunchParameters() {}

    /**
     * Refuses what would make another instance on AWS than here.
     *
     * @param launch a request to run instances, or what a launch template says of one
     * @throws ServiceError {@code UnsupportedOperation}, naming the parameter
     */
    public static void refuseUnsupported(SdkPojo launch) {
        KNOWN.check(launch, "UnsupportedOperation");
    }
}
