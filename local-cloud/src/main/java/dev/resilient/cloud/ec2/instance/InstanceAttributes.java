package dev.resilient.cloud.ec2.instance;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.SupportedMembers;
import dev.resilient.cloud.ec2.request.Errors;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroups;
import dev.resilient.wire.ServiceError;
import java.util.Base64;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlobAttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** The attributes of instances that are read and changed one by one, as far as they mean something to a process. */
record InstanceAttributes(InstanceTable instances, SecurityGroups groups) {
    private static final SupportedMembers CHANGEABLE =
            SupportedMembers.of("InstanceId DryRun Groups UserData DisableApiTermination");

    /**
     * Refuses to terminate what its owner has protected.
     *
     * @throws ServiceError {@code OperationNotPermitted}
     */
    static void requireUnprotected(LaunchedInstance instance) {
        refuseIf(
                Boolean.TRUE.equals(instance.launch().disableApiTermination()),
                "OperationNotPermitted",
                "The instance '" + instance.id()
                        + "' may not be terminated. Modify its 'disableApiTermination' instance"
                        + " attribute and try again.");
    }

    DescribeInstanceAttributeResponse describe(DescribeInstanceAttributeRequest request) {
        LaunchedInstance instance = instances.get(request.instanceId());
        RunInstancesRequest launched = instance.launch();
        DescribeInstanceAttributeResponse.Builder response =
                DescribeInstanceAttributeResponse.builder().instanceId(instance.id());
        switch (request.attribute()) {
            case INSTANCE_TYPE -> response.instanceType(type -> type.value(launched.instanceTypeAsString()));
            case USER_DATA -> response.userData(data -> data.value(launched.userData()));
            case DISABLE_API_TERMINATION ->
                response.disableApiTermination(
                        flag -> flag.value(Boolean.TRUE.equals(launched.disableApiTermination())));
            case GROUP_SET ->
                response.groups(instance.securityGroupIds().stream()
                        .map(id -> GroupIdentifier.builder().groupId(id).build())
                        .toList());
            default ->
                throw Errors.invalid(
                        "The instance attribute " + request.attributeAsString() + " is not supported by this cloud.");
        }
        return response.build();
    }

    /** Changes one attribute. */
    ModifyInstanceAttributeResponse modify(ModifyInstanceAttributeRequest request) {
        CHANGEABLE.check(request, "InvalidParameterValue");
        LaunchedInstance instance = instances.get(request.instanceId());
        instances.update(instance.id(), now -> changed(now, request));
        return ModifyInstanceAttributeResponse.builder().build();
    }

    private LaunchedInstance changed(LaunchedInstance instance, ModifyInstanceAttributeRequest request) {
        long given = Stream.of(request.userData(), request.disableApiTermination(), request.groups())
                .filter(SupportedMembers::asksForSomething)
                .count();
        refuseIf(
                given != 1,
                "InvalidParameterCombination",
                given == 0
                        ? "No attributes specified."
                        : "Fields for multiple attribute types specified; only one can be modified at a time.");
        if (!request.groups().isEmpty()) {
            return instance.with(groups.identifiers(request.groups()));
        }
        RunInstancesRequest.Builder launched = instance.launch().toBuilder();
        if (request.disableApiTermination() != null) {
            launched.disableApiTermination(request.disableApiTermination().value());
        }
        if (request.userData() != null) {
            launched.userData(userData(instance, request.userData()));
        }
        LaunchPlanner.userData(launched.build());
        return instance.with(launched.build());
    }

    private static @Nullable String userData(LaunchedInstance instance, BlobAttributeValue wanted) {
        refuseIf(
                instance.state() != InstanceStateName.STOPPED,
                "IncorrectInstanceState",
                "The instance '" + instance.id() + "' is not in the 'stopped' state.");
        byte[] bytes = wanted.value() == null ? new byte[0] : wanted.value().asByteArray();
        return bytes.length == 0 ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
