package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.wire.Access;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AssociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** Which operation on instances is done by what. */
record InstanceOperations(
        Instances instances,
        InstanceAttributes attributes,
        MetadataOptions metadataOptions,
        ProfileAssociations profiles) {
    private static final String KIND = "instance";
    private static final String ID = "InstanceId";
    private static final String IDS = "InstanceIds";

    void register(Registrar registrar) {
        registrar.on(RunInstancesRequest.class, passing(instances::roleOf, registrar.any(KIND)), instances::run);
        registrar.on(KIND, IDS, TerminateInstancesRequest.class, instances::terminate);
        registrar.on(KIND, IDS, StopInstancesRequest.class, instances::stop);
        registrar.on(KIND, IDS, StartInstancesRequest.class, instances::start);
        registrar.on(KIND, IDS, RebootInstancesRequest.class, instances::reboot);
        registrar.on(KIND, ID, GetConsoleOutputRequest.class, instances::console);
        registrar.on(KIND, ID, DescribeInstanceAttributeRequest.class, attributes::describe);
        registrar.on(KIND, ID, ModifyInstanceAttributeRequest.class, attributes::modify);
        registrar.on(KIND, ID, ModifyInstanceMetadataOptionsRequest.class, metadataOptions::modify);
        registrar.describe(DescribeInstancesRequest.class, instances::describe);
        registrar.describe(DescribeInstanceStatusRequest.class, instances::describeStatus);
        registerProfiles(registrar);
    }

    private void registerProfiles(Registrar registrar) {
        registrar.on(
                AssociateIamInstanceProfileRequest.class,
                passing(request -> profiles.roleOf(request.iamInstanceProfile()), registrar.resources(KIND, ID)),
                profiles::associate);
        registrar.on(
                DisassociateIamInstanceProfileRequest.class,
                associated(registrar, DisassociateIamInstanceProfileRequest::associationId),
                profiles::disassociate);
        registrar.on(
                ReplaceIamInstanceProfileAssociationRequest.class,
                passing(
                        request -> profiles.roleOf(request.iamInstanceProfile()),
                        associated(registrar, ReplaceIamInstanceProfileAssociationRequest::associationId)),
                profiles::replace);
        registrar.describe(DescribeIamInstanceProfileAssociationsRequest.class, profiles::describe);
    }

    /** The instance of an association; any instance if there is no such association. */
    private <I> Access<I> associated(Registrar registrar, Function<I, String> associationId) {
        return Access.resource(request -> {
            String instanceId =
                    profiles.instanceId(associationId.apply(request)).orElse("*");
            return registrar.account().arn("ec2", KIND + "/" + instanceId);
        });
    }

    /** Whoever hands a role to an instance must be allowed to pass it, else anyone could raise their own permissions. */
    private static <I> Access<I> passing(Function<I, Optional<String>> roleArn, Access<? super I> access) {
        return request -> Stream.concat(
                        access.of(request).stream(),
                        roleArn.apply(request).stream()
                                .map(arn -> new Access.Question(
                                        "iam:PassRole", arn, Map.of("iam:PassedToService", "ec2.amazonaws.com"))))
                .toList();
    }
}
