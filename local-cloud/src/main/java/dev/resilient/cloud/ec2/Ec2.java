package dev.resilient.cloud.ec2;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.Ids;
import dev.resilient.cloud.base.PageRules;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials;
import dev.resilient.cloud.ec2.metadata.MetadataService;
import dev.resilient.time.TimeSource;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.ServiceModel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Amazon EC2. Closing it ends every instance and gives back every address. Thread-safe. */
public final class Ec2 implements AwsService, AutoCloseable {
    private static final ServiceModel MODEL = new ServiceModel(
            "ec2",
            "software.amazon.awssdk.services.ec2.model",
            "2016-11-15",
            new ServiceModel.Protocol.Ec2Query("http://ec2.amazonaws.com/doc/2016-11-15/"));

    static final PageRules PAGES = new PageRules(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            token -> ServiceError.badRequest("InvalidParameterValue", "Unable to parse pagination token"));

    private final Network network;
    private final SecurityGroups groups;
    private final Instances instances;
    private final LaunchTemplates templates;
    private final Consumer<OperationRegistry> operations;

    /**
     * How this EC2 is set up.
     *
     * @param directory where the files of instances go, below {@code instances}
     * @param javaHome a JDK; its {@code bin} comes first in the instances' {@code PATH}
     * @param environment further variables of every instance, such as {@code AWS_ENDPOINT_URL}; asked at each boot
     * @param patience between TERM and KILL when an instance is ended; whole seconds, at least one
     */
    public record Settings(
            Path directory, Path javaHome, Supplier<Map<String, String>> environment, Duration patience) {}

    /** What EC2 needs of IAM and STS. */
    public record Identity(InstanceProfiles profiles, InstanceCredentials credentials) {}

    /** One version of a launch template. */
    public record TemplateVersion(String templateId, String templateName, long number) {}

    /** An EC2 without instances, with its default network and what else the store has. */
    public Ec2(CloudContext cloud, Settings settings, Identity identity) {
        Account account = cloud.account();
        Ids ids = cloud.ids();
        TimeSource time = cloud.time();
        Tags tags = new Tags(cloud.store());
        network = new Network(account, tags);
        groups = new SecurityGroups(cloud, network, tags);
        InstanceTable table = new InstanceTable(cloud);
        ProfileAssociations profiles = new ProfileAssociations(cloud, table, identity.profiles());
        templates = new LaunchTemplates(cloud, tags);
        KeyPairs keyPairs = new KeyPairs(cloud, tags);
        LaunchPlanner.Catalog catalog =
                new LaunchPlanner.Catalog(new Images(PublicImages.of(account)), new InstanceTypes(account, network));
        InstanceRenderer renderer = new InstanceRenderer(account, network, groups, profiles, tags);
        InstanceDescriptions descriptions = new InstanceDescriptions(account, table, renderer);
        LaunchPlanner planner = new LaunchPlanner(account, network, groups, templates, catalog, profiles, keyPairs);
        InstanceMetadata metadata = new InstanceMetadata(account, network, groups, profiles, keyPairs, tags);
        Host host = new Host(
                settings.directory(),
                settings.javaHome(),
                settings.environment(),
                settings.patience(),
                time,
                () -> cloud.provisioning("instance", Machine.PROVISIONING));
        host.removeAbandoned();
        Machine.Surroundings surroundings = new Machine.Surroundings() {
            @Override
            public MetadataService startMetadata(LaunchedInstance instance) throws IOException {
                return MetadataService.start(
                        InetAddress.getByName(instance.place().address()),
                        () -> metadata.facts(table.get(instance.id())),
                        identity.credentials(),
                        time,
                        ids);
            }

            @Override
            public Optional<String> profile(String instanceId) {
                return profiles.of(instanceId)
                        .map(association -> association.profile().arn());
            }

            @Override
            public void release(LaunchedInstance instance) {
                profiles.remove(instance.id());
                network.releaseAddress(instance.place().address());
            }
        };
        instances = new Instances(
                table, descriptions, planner, new Instances.Parts(ids, network, tags, profiles, host, surroundings));
        groups.usedBy(id -> table.list().stream()
                .anyMatch(instance -> instance.state() != InstanceState.TERMINATED
                        && instance.launch().securityGroupIds().contains(id)));
        Operations.Compute compute = new Operations.Compute(
                instances,
                new InstanceAttributes(table, groups, catalog),
                new MetadataOptions(table),
                profiles,
                new LaunchTemplateOperations(templates, tags, table),
                keyPairs);
        Operations.Networking networking = new Operations.Networking(
                new NetworkDescriptions(account, network),
                new NetworkInterfaces(account, table, renderer),
                groups,
                new SecurityGroupRules(groups, ids, tags));
        operations = registry -> new Operations(registry, account, compute, networking, catalog, tags).register();
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry registry) {
        operations.accept(registry);
    }

    /** The instances, for the services that launch and watch them. */
    public Instances instances() {
        return instances;
    }

    /** The network, for the services that need an address in it. */
    public Network network() {
        return network;
    }

    /** The security groups, for the services that guard connections with them. */
    public SecurityGroups securityGroups() {
        return groups;
    }

    /**
     * The version of a launch template that these words mean now.
     *
     * @param id null if the name is given
     * @param name null if the id is given
     * @param version a number, {@code $Latest} or {@code $Default}, which null means too
     * @throws ServiceError in EC2's words if there is no such template or version
     */
    public TemplateVersion templateVersion(@Nullable String id, @Nullable String name, @Nullable String version) {
        LaunchTemplate template = templates.get(id, name);
        return new TemplateVersion(
                template.id(),
                template.name(),
                LaunchTemplates.version(template, version).number());
    }

    @Override
    public void close() {
        instances.close();
        network.close();
    }
}
