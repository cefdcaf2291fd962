package dev.resilient.cloud.ec2.instance;

import static dev.resilient.wire.ServiceError.refuseIf;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.PublicImages.PublicImage;
import dev.resilient.cloud.ec2.process.UserData;
import dev.resilient.cloud.ec2.request.SdkShapes;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.ec2.template.LaunchParameters;
import dev.resilient.cloud.ec2.template.LaunchTemplates;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Turns a request to run instances into a {@link LaunchPlan}, or says what is wrong with it; changes nothing. */
record LaunchPlanner(Account account, Neighbours neighbours, ProfileAssociations profiles) {
    private static final String RESOURCE_TYPE = "instance";
    private static final int LONGEST_USER_DATA = 16 * 1024;

    LaunchPlan plan(RunInstancesRequest request) {
        checkCounts(request);
        RunInstancesRequest all = withTemplate(request);
        LaunchParameters.refuseUnsupported(all);
        if (all.keyName() != null) {
            neighbours.keyPairs().requireExisting(all.keyName());
        }
        PublicImage image = image(all);
        Subnet subnet = subnet(all);
        MetadataOptions.of(all, image);
        return new LaunchPlan(
                all,
                image,
                subnet,
                securityGroupIds(all, subnet.vpcId()),
                UserData.parse(userData(all)),
                all.iamInstanceProfile() == null ? null : profiles.resolve(all.iamInstanceProfile()),
                Tags.requested(RESOURCE_TYPE, all.tagSpecifications()));
    }

    /** The ARN of the role that the instances would have; empty if there is none, or the request is wrong. */
    Optional<String> roleOf(RunInstancesRequest request) {
        try {
            return Optional.ofNullable(withTemplate(request).iamInstanceProfile())
                    .flatMap(profiles::roleOf);
        } catch (ServiceError wrong) {
            return Optional.empty(); // The launch itself says so, to a caller who may launch.
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
        refuseIf(
                decoded.length > LONGEST_USER_DATA,
                () -> ServiceError.badRequest(
                        "InvalidParameterValue", "User data is limited to " + LONGEST_USER_DATA + " bytes"));
        return decoded;
    }

    private static void checkCounts(RunInstancesRequest request) {
        refuseIf(
                request.minCount() < 1,
                () -> ServiceError.badRequest(
                        "InvalidParameterValue",
                        "Invalid value '" + request.minCount() + "' for MinCount. Must be equal or greater than 1."));
        refuseIf(
                request.maxCount() < request.minCount(),
                () -> ServiceError.badRequest(
                        "InvalidParameterValue",
                        "Invalid value '" + request.maxCount()
                                + "' for MaxCount. Must be equal or greater than MinCount."));
    }

    /** The request's own parameters win over the template's; tags of both add up. */
    private RunInstancesRequest withTemplate(RunInstancesRequest request) {
        LaunchTemplateSpecification specification = request.launchTemplate();
        if (specification == null) {
            return request;
        }
        LaunchTemplates.TemplateVersion version = neighbours
                .templates()
                .resolve(specification.launchTemplateId(), specification.launchTemplateName(), specification.version());
        RunInstancesRequest fromTemplate =
                SdkShapes.copy(version.data(), RunInstancesRequest.builder()).build();
        List<TagSpecification> specifications = new ArrayList<>(fromTemplate.tagSpecifications());
        specifications.addAll(request.tagSpecifications());
        return SdkShapes.copy(request, fromTemplate.toBuilder())
                .tagSpecifications(specifications)
                .build();
    }

    private PublicImage image(RunInstancesRequest request) {
        if (request.imageId() == null) {
            throw ServiceError.badRequest("MissingParameter", "The request must contain the parameter ImageId");
        }
        PublicImage image = neighbours.images().get(request.imageId());
        String type = request.instanceTypeAsString();
        if (type == null) {
            throw ServiceError.badRequest("MissingParameter", "The request must contain the parameter InstanceType");
        }
        String architecture = neighbours
                .types()
                .architecture(type)
                .orElseThrow(() -> ServiceError.badRequest(
                        "Unsupported",
                        "The requested configuration is currently not supported. This cloud does not offer the instance"
                                + " type " + type + "; DescribeInstanceTypes lists those that it does."));
        refuseIf(
                !architecture.equals(image.architecture()),
                () -> ServiceError.badRequest(
                        "InvalidParameterValue",
                        "The architecture '%s' of the specified instance type does not match the architecture '%s' of the"
                                        .formatted(architecture, image.architecture())
                                + " specified AMI. Specify an instance type and an AMI that have matching"
                                + " architectures, and try again."));
        return image;
    }

    private Subnet subnet(RunInstancesRequest request) {
        Optional<String> subnetId = Optional.ofNullable(request.subnetId())
                .or(() -> firstInterface(request).map(InstanceNetworkInterfaceSpecification::subnetId));
        if (subnetId.isPresent()) {
            return neighbours.network().subnet(subnetId.get());
        }
        String zone = Optional.ofNullable(request.placement())
                .map(Placement::availabilityZone)
                .orElseGet(() -> account.zones().getFirst());
        return neighbours
                .network()
                .defaultSubnet(zone)
                .orElseThrow(() ->
                        ServiceError.badRequest("InvalidParameterValue", "Invalid availability zone: [" + zone + "]"));
    }

    private List<String> securityGroupIds(RunInstancesRequest request, String vpcId) {
        List<String> named = Stream.of(
                        request.securityGroupIds().stream(),
                        request.securityGroups().stream().map(neighbours.groups()::idOfName),
                        firstInterface(request).stream().flatMap(each -> each.groups().stream()))
                .flatMap(ids -> ids)
                .distinct()
                .toList();
        neighbours.groups().requireExisting(named);
        return named.isEmpty() ? List.of(neighbours.groups().defaultGroupId(vpcId)) : named;
    }

    private static Optional<InstanceNetworkInterfaceSpecification> firstInterface(RunInstancesRequest request) {
        return request.networkInterfaces().stream().findFirst();
    }
}
