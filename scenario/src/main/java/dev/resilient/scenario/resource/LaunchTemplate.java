package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateHttpTokensState;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * How an instance is made: image, type, permissions, network, and the user data that starts the server. Its default version is the
 * one that counts. Instances that run already stay as they are when there is a new one.
 */
final class LaunchTemplate implements Resource {
    /** The newest Amazon Linux 2023, which AWS publishes under this name. */
    private static final String IMAGE_PARAMETER =
            "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

    /** The version that the group's instances are made of. */
    static final String DEFAULT_VERSION = "$Default";

    private static final String UNKNOWN_NAME = "InvalidLaunchTemplateName.NotFoundException";

    private final Environment environment;
    private final Ownership ownership;
    private final Ec2Client ec2;

    LaunchTemplate(Environment environment) {
        this.environment = environment;
        this.ownership = new Ownership(environment.deployment());
        this.ec2 = environment.aws().ec2();
    }

    @Override
    public String kind() {
        return "launch template";
    }

    @Override
    public String name() {
        return environment.names().launchTemplate();
    }

    @Override
    public void claim() {
        tags().ifPresent(tags -> ownership.require(tags, kind(), name()));
    }

    @Override
    public Creation create() {
        RequestLaunchTemplateData data = data();
        Optional<Map<String, String>> tags = tags();
        if (tags.isPresent()) {
            ownership.require(tags.get(), kind(), name());
            return update(data) ? Creation.CREATED : Creation.FOUND;
        }
        ec2.createLaunchTemplate(request -> request.launchTemplateName(name())
                .launchTemplateData(data)
                .tagSpecifications(Ec2Tags.specification(ResourceType.LAUNCH_TEMPLATE, environment, name())));
        return Creation.CREATED;
    }

    @Override
    public boolean delete() {
        if (existing().isEmpty()) {
            return false;
        }
        try {
            ec2.deleteLaunchTemplate(request -> request.launchTemplateName(name()));
        } catch (Ec2Exception failure) {
            if (!Failures.hasCode(failure, UNKNOWN_NAME)) {
                throw failure;
            }
        }
        return true;
    }

    @Override
    public List<String> existing() {
        return tags().filter(ownership::isOurs).map(_ -> kind() + " " + name()).stream()
                .toList();
    }

    private Optional<Map<String, String>> tags() {
        try {
            return ec2
                    .describeLaunchTemplates(request -> request.launchTemplateNames(name()))
                    .launchTemplates()
                    .stream()
                    .findFirst()
                    .map(template -> Ec2Tags.asMap(template.tags()));
        } catch (Ec2Exception failure) {
            if (Failures.hasCode(failure, UNKNOWN_NAME)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Adds a version and makes it the default, unless the default version has this data already. */
    private boolean update(RequestLaunchTemplateData data) {
        boolean isCurrent = ec2
                .describeLaunchTemplateVersions(
                        request -> request.launchTemplateName(name()).versions(DEFAULT_VERSION))
                .launchTemplateVersions()
                .stream()
                .anyMatch(version -> isSame(version.launchTemplateData(), data));
        if (!isCurrent) {
            long added = ec2.createLaunchTemplateVersion(
                            request -> request.launchTemplateName(name()).launchTemplateData(data))
                    .launchTemplateVersion()
                    .versionNumber();
            ec2.modifyLaunchTemplate(
                    request -> request.launchTemplateName(name()).defaultVersion(String.valueOf(added)));
        }
        return !isCurrent;
    }

    /** Compares what may differ between two deployments of one name; the rest is constant. */
    private static boolean isSame(ResponseLaunchTemplateData there, RequestLaunchTemplateData wanted) {
        return Objects.equals(there.imageId(), wanted.imageId())
                && Objects.equals(there.instanceType(), wanted.instanceType())
                && Objects.equals(there.securityGroupIds(), wanted.securityGroupIds())
                && Objects.equals(there.userData(), wanted.userData());
    }

    private RequestLaunchTemplateData data() {
        String image = environment
                .aws()
                .ssm()
                .getParameter(request -> request.name(IMAGE_PARAMETER))
                .parameter()
                .value();
        String securityGroup = new SecurityGroups(environment).idOfInstanceGroup();
        return RequestLaunchTemplateData.builder()
                .imageId(image)
                .instanceType(Network.INSTANCE_TYPE)
                .iamInstanceProfile(profile -> profile.name(environment.names().instanceAccess()))
                .securityGroupIds(securityGroup)
                .metadataOptions(options -> options.httpTokens(LaunchTemplateHttpTokensState.REQUIRED))
                .tagSpecifications(tagsOfInstances())
                .userData(userData().base64())
                .build();
    }

    /** For each instance, and for what comes and goes with it. */
    private List<LaunchTemplateTagSpecificationRequest> tagsOfInstances() {
        List<Tag> tags = Ec2Tags.withName(environment, name());
        return Stream.of(ResourceType.INSTANCE, ResourceType.NETWORK_INTERFACE, ResourceType.VOLUME)
                .map(type -> LaunchTemplateTagSpecificationRequest.builder()
                        .resourceType(type)
                        .tags(tags)
                        .build())
                .toList();
    }

    private UserData userData() {
        String bucket = new ServerArtifact(environment).name();
        return new UserData(
                environment.deployment(),
                jar(bucket, Program.server(environment.deployment())),
                Program.guard(environment.deployment()).map(guard -> jar(bucket, guard)));
    }

    private static UserData.Jar jar(String bucket, Program program) {
        return new UserData.Jar(bucket, program.key(), program.sha256());
    }
}
