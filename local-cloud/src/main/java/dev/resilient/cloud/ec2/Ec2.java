package dev.resilient.cloud.ec2;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.base.PublicImages;
import dev.resilient.cloud.ec2.image.Images;
import dev.resilient.cloud.ec2.image.InstanceTypes;
import dev.resilient.cloud.ec2.instance.Instances;
import dev.resilient.cloud.ec2.instance.Neighbours;
import dev.resilient.cloud.ec2.keypair.KeyPairs;
import dev.resilient.cloud.ec2.metadata.InstanceCredentials;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.network.NetworkOperations;
import dev.resilient.cloud.ec2.request.Registrar;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroups;
import dev.resilient.cloud.ec2.tag.Tags;
import dev.resilient.cloud.ec2.template.LaunchTemplates;
import dev.resilient.cloud.identity.ResourceKeys;
import dev.resilient.cloud.identity.RoleDirectory;
import dev.resilient.process.Host;
import dev.resilient.wire.AwsService;
import dev.resilient.wire.OperationRegistry;
import dev.resilient.wire.ServiceError;
import dev.resilient.wire.ServiceModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/** Amazon EC2. Closing it ends every instance and gives back every address. Thread-safe. */
public final class Ec2 implements AwsService, ResourceKeys, AutoCloseable {
    private static final ServiceModel MODEL = new ServiceModel(
            "ec2",
            "software.amazon.awssdk.services.ec2.model",
            "2016-11-15",
            new ServiceModel.Protocol.Ec2Query("http://ec2.amazonaws.com/doc/2016-11-15/"));

    private final Tags tags;
    private final KeyPairs keyPairs;
    private final Network network;
    private final SecurityGroups groups;
    private final Instances instances;
    private final LaunchTemplates templates;
    private final Account account;
    private final List<Consumer<Registrar>> operations;

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
    public record Identity(RoleDirectory roles, InstanceCredentials credentials) {}

    /**
     * An EC2 without instances, with its default network and what else the store has; {@code random} says which addresses are
     * taken first.
     */
    public Ec2(CloudContext cloud, RandomGenerator random, Settings settings, Identity identity) {
        account = cloud.account();
        tags = new Tags(cloud.store());
        network = new Network(account, tags, random);
        groups = new SecurityGroups(cloud, network, tags);
        templates = new LaunchTemplates(cloud, tags);
        keyPairs = new KeyPairs(cloud, tags);
        Images images = new Images(PublicImages.of(account));
        InstanceTypes types = new InstanceTypes(account, network);
        Host host = new Host(
                settings.directory(), settings.javaHome(), settings.environment(), settings.patience(), cloud.time());
        host.removeAbandoned();
        Neighbours neighbours = new Neighbours(
                network, groups, templates, keyPairs, images, types, tags, identity.roles(), identity.credentials());
        instances = new Instances(cloud, neighbours, host);
        operations = List.of(
                instances::register,
                templates::register,
                keyPairs::register,
                new NetworkOperations(account, network)::register,
                groups::register,
                tags::register,
                images::register,
                types::register);
    }

    @Override
    public ServiceModel model() {
        return MODEL;
    }

    @Override
    public void register(OperationRegistry registry) {
        Registrar registrar = new Registrar(registry, account, Tags::refuseReserved);
        operations.forEach(operation -> operation.accept(registrar));
    }

    @Override
    public Map<String, List<String>> keysOf(String arn, SdkPojo request) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        Map<String, List<String>> keys =
                ResourceKeys.tagged(tags.of(keyPairs.id(name).orElse(name)));
        instances.find(name).ifPresent(found -> keys.put("InstanceType", List.of(found.instanceTypeAsString())));
        return keys;
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
    public LaunchTemplateVersion templateVersion(@Nullable String id, @Nullable String name, @Nullable String version) {
        return templates.resolve(id, name, version);
    }

    @Override
    public void close() {
        instances.close();
        network.close();
    }
}
