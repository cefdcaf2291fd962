package dev.resilient.cloud.ec2.instance;

import static dev.resilient.cloud.ec2.request.Errors.refuseIf;
import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.request.Errors;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.ec2.template.LaunchParameters;
import dev.resilient.wire.Access;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.shape.Members;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.MonitoringState;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Tenancy;

/** Turns a request to run instances into a {@link Plan}, or says what is wrong with it; changes nothing. */
record LaunchPlanner(Account account, Neighbours neighbours, ProfileAssociations profiles) {
    private static final String RESOURCE_TYPE = "instance";
    private static final int LONGEST_USER_DATA = 16 * 1024;

    /**
     * What a request comes to once it is known to be right.
     *
     * @param request all parameters, those of the launch template included
     * @param model what all the instances have in common
     * @param tags of each instance
     */
    record Plan(RunInstancesRequest request, Instance model, List<Tag> tags) {}

    Plan plan(RunInstancesRequest request) {
        checkCounts(request);
        LaunchParameters.check(request);
        RunInstancesRequest all = withTemplate(request);
        if (all.keyName() != null) {
            neighbours.keyPairs().requireExisting(all.keyName());
        }
        Image image = image(all);
        Subnet subnet = subnet(all);
        checkZone(request, subnet);
        userData(all);
        Instance model = Members.copy(image, Instance.builder())
                .state(States.of(InstanceStateName.PENDING))
                .stateTransitionReason("")
                .instanceType(all.instanceType())
                .keyName(all.keyName())
                .clientToken(all.clientToken())
                .monitoring(monitoring -> monitoring.state(MonitoringState.DISABLED))
                .placement(placement -> placement
                        .availabilityZone(subnet.availabilityZone())
                        .availabilityZoneId(subnet.availabilityZoneId())
                        .groupName("")
                        .tenancy(Tenancy.DEFAULT))
                .subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .securityGroups(securityGroups(all))
                .metadataOptions(MetadataOptions.of(all, image))
                .iamInstanceProfile(
                        all.iamInstanceProfile() == null ? null : profiles.resolve(all.iamInstanceProfile()))
                .publicDnsName("")
                .sourceDestCheck(true)
                .build();
        return new Plan(all, model, Tags.requested(RESOURCE_TYPE, all.tagSpecifications()));
    }

    /** What IAM is asked before a launch: whether the caller may launch all that comes of a request, and pass on the role. */
    Access<RunInstancesRequest> access() {
        return ProfileAssociations.passing(
                request -> Optional.ofNullable(asFarAsRight(request).iamInstanceProfile())
                        .flatMap(profiles::roleOf),
                request -> List.of(
                        new Access.Question("ec2:RunInstances", account.arn("ec2", RESOURCE_TYPE + "/*"), Map.of())
                                .of("", asFarAsRight(request))));
    }

    private RunInstancesRequest asFarAsRight(RunInstancesRequest request) {
        try {
            return withTemplate(request);
        } catch (ServiceError wrong) {
            return request; // The launch itself says so, to a caller who may launch.
        }
    }

    /** The user data of a launch, decoded; empty for none. */
    static byte[] userData(RunInstancesRequest request) {
        if (request.userData() == null) {
            return new byte[0];
        }
        byte[] decoded;
        try {
            decoded = Base64.getMimeDecoder().decode(request.userData());
        } catch (IllegalArgumentException malformed) {
            throw ServiceError.badRequest("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data");
        }
        refuseIf(decoded.length > LONGEST_USER_DATA, "User data is limited to " + LONGEST_USER_DATA + " bytes");
        return decoded;
    }

    private static void checkCounts(RunInstancesRequest request) {
        refuseIf(
                request.minCount() < 1,
                "Invalid value '" + request.minCount() + "' for MinCount. Must be equal or greater than 1.");
        refuseIf(
                request.maxCount() < request.minCount(),
                "Invalid value '" + request.maxCount() + "' for MaxCount. Must be equal or greater than MinCount.");
    }

    /** The request's own parameters win over the template's; tags of both add up. */
    private RunInstancesRequest withTemplate(RunInstancesRequest request) {
        LaunchTemplateSpecification specification = request.launchTemplate();
        if (specification == null) {
            return request;
        }
        LaunchTemplateVersion version = neighbours
                .templates()
                .resolve(specification.launchTemplateId(), specification.launchTemplateName(), specification.version());
        RunInstancesRequest fromTemplate = Members.copy(version.launchTemplateData(), RunInstancesRequest.builder())
                .build();
        return Members.copy(request, fromTemplate.toBuilder())
                .tagSpecifications(Stream.of(fromTemplate, request)
                        .flatMap(each -> each.tagSpecifications().stream())
                        .toList())
                .build();
    }

    private Image image(RunInstancesRequest request) {
        refuseIf(request.imageId() == null, "MissingParameter", "The request must contain the parameter ImageId");
        Image image = neighbours.images().get(request.imageId());
        String type = request.instanceTypeAsString();
        // AWS takes m1.small then, which has no hardware virtualization, as every image here needs it.
        refuseIf(
                type == null,
                "InvalidParameterCombination",
                "Non-Windows instances with a virtualization type of 'hvm' are currently not supported for this"
                        + " instance type : m1.small.");
        String architecture = neighbours.types().architecture(type);
        refuseIf(
                !architecture.equals(image.architectureAsString()),
                "The architecture '%s' of the specified instance type does not match the architecture '%s' of the"
                                .formatted(architecture, image.architectureAsString())
                        + " specified AMI. Specify an instance type and an AMI that have matching"
                        + " architectures, and try again.");
        return image;
    }

    private Subnet subnet(RunInstancesRequest request) {
        Optional<String> subnetId = Optional.ofNullable(request.subnetId())
                .or(() -> firstInterface(request).map(InstanceNetworkInterfaceSpecification::subnetId));
        if (subnetId.isPresent()) {
            return neighbours.network().subnet(subnetId.get());
        }
        Optional<Placement> placement = Optional.ofNullable(request.placement());
        String zone = placement
                .map(Placement::availabilityZone)
                .or(() -> placement.map(Placement::availabilityZoneId))
                .orElseGet(() -> account.zones().getFirst());
        return neighbours
                .network()
                .defaultSubnet(zone)
                .orElseThrow(() -> Errors.invalid("Invalid availability zone: [" + zone + "]"));
    }

    /** Who names a subnet need not name its zone, and cannot have another one. The zone of a template gives way to a subnet. */
    private static void checkZone(RunInstancesRequest request, Subnet subnet) {
        Optional.ofNullable(request.placement())
                .flatMap(place -> Stream.of(place.availabilityZone(), place.availabilityZoneId())
                        .filter(Objects::nonNull)
                        .findFirst())
                .filter(zone -> !List.of(subnet.availabilityZone(), subnet.availabilityZoneId())
                        .contains(zone))
                .ifPresent(zone -> {
                    throw ServiceError.badRequest(
                            "InvalidParameterCombination",
                            "The subnet '" + subnet.subnetId() + "' is not in the availability zone " + zone + ".");
                });
    }

    private List<GroupIdentifier> securityGroups(RunInstancesRequest request) {
        List<String> named = Stream.of(
                        request.securityGroupIds().stream(),
                        request.securityGroups().stream().map(neighbours.groups()::idOfName),
                        firstInterface(request).stream().flatMap(each -> each.groups().stream()))
                .flatMap(ids -> ids)
                .distinct()
                .toList();
        return neighbours
                .groups()
                .identifiers(named.isEmpty() ? List.of(neighbours.groups().defaultGroupId()) : named);
    }

    private static Optional<InstanceNetworkInterfaceSpecification> firstInterface(RunInstancesRequest request) {
        return request.networkInterfaces().stream().findFirst();
    }
}
