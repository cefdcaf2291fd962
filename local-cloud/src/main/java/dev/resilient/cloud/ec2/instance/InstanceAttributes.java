package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.ec2.image.Images;
import dev.resilient.cloud.ec2.image.InstanceTypes;
import dev.resilient.cloud.ec2.instance.LaunchedInstance.Launch;
import dev.resilient.cloud.ec2.process.UserData;
import dev.resilient.cloud.ec2.request.SdkShapes;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroups;
import dev.resilient.wire.ServiceError;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.BlobAttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.GetLaunchTemplateDataRequest;
import software.amazon.awssdk.services.ec2.model.GetLaunchTemplateDataResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;

/** The attributes of instances that are read and changed one by one. Those that mean nothing to a process cannot be changed. */
final class InstanceAttributes {
    private static final Set<String> CHANGEABLE = Set.of(
            "InstanceId",
            "DryRun",
            "Attribute",
            "Value",
            "InstanceType",
            "UserData",
            "DisableApiTermination",
            "DisableApiStop",
            "InstanceInitiatedShutdownBehavior",
            "GroupId");

    private final InstanceTable instances;
    private final SecurityGroups groups;
    private final InstanceTypes types;

    InstanceAttributes(InstanceTable instances, SecurityGroups groups, InstanceTypes types) {
        this.instances = instances;
        this.groups = groups;
        this.types = types;
    }

    /**
     * Refuses what the owner of an instance has forbidden.
     *
     * @throws ServiceError {@code OperationNotPermitted}
     */
    static void requireUnprotected(
            LaunchedInstance instance,
            Function<RunInstancesRequest, @Nullable Boolean> protection,
            String what,
            String attribute) {
        if (Boolean.TRUE.equals(protection.apply(instance.launch().request()))) {
            throw ServiceError.badRequest(
                    "OperationNotPermitted",
                    "The instance '" + instance.id() + "' may not be " + what + ". Modify its '" + attribute
                            + "' instance attribute and try again.");
        }
    }

    DescribeInstanceAttributeResponse describe(DescribeInstanceAttributeRequest request) {
        LaunchedInstance instance = instances.get(request.instanceId());
        Launch launch = instance.launch();
        RunInstancesRequest launched = launch.request();
        DescribeInstanceAttributeResponse.Builder response =
                DescribeInstanceAttributeResponse.builder().instanceId(instance.id());
        switch (request.attribute()) {
            case INSTANCE_TYPE -> response.instanceType(text(launched.instanceTypeAsString()));
            case USER_DATA -> response.userData(text(launched.userData()));
            case DISABLE_API_TERMINATION -> response.disableApiTermination(flag(launched.disableApiTermination()));
            case DISABLE_API_STOP -> response.disableApiStop(flag(launched.disableApiStop()));
            case INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR ->
                response.instanceInitiatedShutdownBehavior(
                        text(Objects.requireNonNullElse(launched.instanceInitiatedShutdownBehaviorAsString(), "stop")));
            case GROUP_SET ->
                response.groups(launch.securityGroupIds().stream()
                        .map(id -> GroupIdentifier.builder().groupId(id).build())
                        .toList());
            case ROOT_DEVICE_NAME -> response.rootDeviceName(text(Images.ROOT_DEVICE));
            case SOURCE_DEST_CHECK -> response.sourceDestCheck(flag(true));
            case EBS_OPTIMIZED -> response.ebsOptimized(flag(launched.ebsOptimized()));
            case KERNEL -> response.kernelId(text(null));
            case RAMDISK -> response.ramdiskId(text(null));
            case PRODUCT_CODES -> response.productCodes(List.of());
            case BLOCK_DEVICE_MAPPING, ENA_SUPPORT, ENCLAVE_OPTIONS, SRIOV_NET_SUPPORT, UNKNOWN_TO_SDK_VERSION ->
                throw unsupported(request.attributeAsString());
        }
        return response.build();
    }

    /** What a template would have to say to launch an instance like this one. */
    GetLaunchTemplateDataResponse launchTemplateData(GetLaunchTemplateDataRequest request) {
        LaunchedInstance.Launch launch = instances.get(request.instanceId()).launch();
        return GetLaunchTemplateDataResponse.builder()
                .launchTemplateData(SdkShapes.copy(launch.request(), ResponseLaunchTemplateData.builder())
                        .securityGroupIds(launch.securityGroupIds())
                        .build())
                .build();
    }

    /** Changes one attribute, given by its own member or by its name and a value. */
    ModifyInstanceAttributeResponse modify(ModifyInstanceAttributeRequest request) {
        request.sdkFields().stream()
                .filter(field -> !CHANGEABLE.contains(field.locationName()))
                .filter(field -> SdkShapes.isGiven(field.getValueOrDefault(request)))
                .findFirst()
                .ifPresent(field -> {
                    throw unsupported(field.unmarshallLocationName());
                });
        ModifyInstanceAttributeRequest named = request.attribute() == null ? request : byName(request);
        LaunchedInstance instance = instances.get(named.instanceId());
        Launch changed = changed(instance, named);
        instances.update(instance.id(), now -> now.with(changed));
        return ModifyInstanceAttributeResponse.builder().build();
    }

    private static ModifyInstanceAttributeRequest byName(ModifyInstanceAttributeRequest request) {
        String value = Objects.requireNonNullElse(request.value(), "");
        ModifyInstanceAttributeRequest.Builder named =
                ModifyInstanceAttributeRequest.builder().instanceId(request.instanceId());
        Consumer<AttributeBooleanValue.Builder> flag = builder -> builder.value(Boolean.valueOf(value));
        InstanceAttributeName attribute = request.attribute();
        return switch (attribute) {
            case INSTANCE_TYPE -> named.instanceType(text(value)).build();
            case USER_DATA ->
                named.userData(blob -> blob.value(SdkBytes.fromByteArray(decoded(value))))
                        .build();
            case DISABLE_API_TERMINATION -> named.disableApiTermination(flag).build();
            case DISABLE_API_STOP -> named.disableApiStop(flag).build();
            case INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR ->
                named.instanceInitiatedShutdownBehavior(text(value)).build();
            case GROUP_SET -> named.groups(value).build();
            default -> throw unsupported(request.attributeAsString());
        };
    }

    private static byte[] decoded(String base64) {
        return LaunchPlanner.userData(
                RunInstancesRequest.builder().userData(base64).build());
    }

    private Launch changed(LaunchedInstance instance, ModifyInstanceAttributeRequest request) {
        long given = Stream.of(
                        request.instanceType(),
                        request.userData(),
                        request.disableApiTermination(),
                        request.disableApiStop(),
                        request.instanceInitiatedShutdownBehavior(),
                        request.groups())
                .filter(SdkShapes::isGiven)
                .count();
        if (given != 1) {
            throw ServiceError.badRequest(
                    "InvalidParameterCombination",
                    given == 0
                            ? "No attributes specified."
                            : "Fields for multiple attribute types specified; only one can be modified at a time.");
        }
        if (!request.groups().isEmpty()) {
            groups.requireExisting(request.groups());
            return instance.launch().withSecurityGroups(request.groups());
        }
        RunInstancesRequest.Builder launched = instance.launch().request().toBuilder();
        set(request.disableApiTermination(), launched::disableApiTermination);
        set(request.disableApiStop(), launched::disableApiStop);
        set(
                request.instanceInitiatedShutdownBehavior(),
                value -> launched.instanceInitiatedShutdownBehavior(shutdownBehavior(value)));
        set(request.instanceType(), value -> launched.instanceType(instanceType(instance, value)));
        setUserData(instance, request.userData(), launched);
        RunInstancesRequest after = launched.build();
        return instance.launch().with(after, UserData.parse(LaunchPlanner.userData(after)));
    }

    private static void set(@Nullable AttributeBooleanValue wanted, Consumer<Boolean> attribute) {
        if (wanted != null) {
            attribute.accept(Boolean.TRUE.equals(wanted.value()));
        }
    }

    private static void set(@Nullable AttributeValue wanted, Consumer<String> attribute) {
        if (wanted != null) {
            attribute.accept(Objects.requireNonNullElse(wanted.value(), ""));
        }
    }

    private static void setUserData(
            LaunchedInstance instance, @Nullable BlobAttributeValue wanted, RunInstancesRequest.Builder launched) {
        if (wanted != null) {
            requireStopped(instance);
            byte[] bytes = wanted.value() == null ? new byte[0] : wanted.value().asByteArray();
            launched.userData(bytes.length == 0 ? null : Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static String shutdownBehavior(String value) {
        if (!ShutdownBehavior.knownValues().contains(ShutdownBehavior.fromValue(value))) {
            throw invalid(value, "InstanceInitiatedShutdownBehavior");
        }
        return value;
    }

    private String instanceType(LaunchedInstance instance, String value) {
        requireStopped(instance);
        Optional<String> architecture = types.architecture(value);
        if (architecture
                .filter(instance.launch().image().architecture()::equals)
                .isEmpty()) {
            throw invalid(value, "InstanceType");
        }
        return value;
    }

    private static void requireStopped(LaunchedInstance instance) {
        if (instance.state() != InstanceState.STOPPED) {
            throw ServiceError.badRequest(
                    "IncorrectInstanceState", "The instance '" + instance.id() + "' is not in the 'stopped' state.");
        }
    }

    private static AttributeValue text(@Nullable String value) {
        return AttributeValue.builder().value(value).build();
    }

    private static AttributeBooleanValue flag(@Nullable Boolean value) {
        return AttributeBooleanValue.builder().value(Boolean.TRUE.equals(value)).build();
    }

    private static ServiceError invalid(String value, String attribute) {
        return ServiceError.badRequest(
                "InvalidInstanceAttributeValue", "Invalid value '" + value + "' for " + attribute + ".");
    }

    private static ServiceError unsupported(@Nullable String attribute) {
        return ServiceError.badRequest(
                "InvalidParameterValue", "The instance attribute " + attribute + " is not supported by this cloud.");
    }
}
