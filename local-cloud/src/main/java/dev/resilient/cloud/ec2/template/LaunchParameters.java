package dev.resilient.cloud.ec2.template;

import dev.resilient.cloud.ec2.request.SdkShapes;
import dev.resilient.wire.ServiceError;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Which parameters of a launch count, which are passed over since they mean nothing to a process, and which are refused. */
public final class LaunchParameters {
    private static final Set<String> HONOURED = Set.of(
            "ClientToken",
            "DisableApiStop",
            "DisableApiTermination",
            "DryRun",
            "IamInstanceProfile",
            "ImageId",
            "InstanceInitiatedShutdownBehavior",
            "InstanceType",
            "KeyName",
            "LaunchTemplate",
            "MaxCount",
            "MetadataOptions",
            "MinCount",
            "NetworkInterfaces",
            "Placement",
            "SecurityGroupIds",
            "SecurityGroups",
            "SubnetId",
            "TagSpecifications",
            "UserData");

    /** Kept where the instance is shown, and without effect. */
    private static final Set<String> PASSED_OVER = Set.of(
            "BlockDeviceMappings",
            "CpuOptions",
            "CreditSpecification",
            "EbsOptimized",
            "MaintenanceOptions",
            "Monitoring",
            "PrivateDnsNameOptions");

    private LaunchParameters() {}

    /**
     * Refuses what would make another instance on AWS than here.
     *
     * @param launch a request to run instances, or what a launch template says of one
     * @throws ServiceError {@code UnsupportedOperation}, naming the parameter
     */
    public static void refuseUnsupported(SdkPojo launch) {
        for (SdkField<?> field : launch.sdkFields()) {
            String name = field.memberName();
            if (!HONOURED.contains(name)
                    && !PASSED_OVER.contains(name)
                    && SdkShapes.isGiven(field.getValueOrDefault(launch))) {
                throw ServiceError.badRequest(
                        "UnsupportedOperation", "The parameter " + name + " is not supported by this cloud.");
            }
        }
    }
}
