package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.Account;
import dev.resilient.cloud.ec2.keypair.KeyPairs;
import dev.resilient.cloud.ec2.metadata.InstanceFacts;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.Identity;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.NetworkInterface;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.Options;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.Placement;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.Profile;
import dev.resilient.cloud.ec2.metadata.InstanceFacts.PublicKey;
import dev.resilient.cloud.ec2.network.Network;
import dev.resilient.cloud.ec2.securitygroup.SecurityGroups;
import dev.resilient.cloud.ec2.tag.Tags;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataTagsState;

/** What each instance's metadata service has to tell, as of now. */
final class InstanceMetadata {
    private final Account account;
    private final Network network;
    private final SecurityGroups groups;
    private final ProfileAssociations profiles;
    private final KeyPairs keyPairs;
    private final Tags tags;

    InstanceMetadata(Account account, Neighbours neighbours, ProfileAssociations profiles) {
        this.account = account;
        this.network = neighbours.network();
        this.groups = neighbours.groups();
        this.profiles = profiles;
        this.keyPairs = neighbours.keyPairs();
        this.tags = neighbours.tags();
    }

    InstanceFacts facts(LaunchedInstance instance) {
        byte[] userData = LaunchPlanner.userData(instance.launch().request());
        return new InstanceFacts(
                identity(instance),
                new Placement(
                        account.region(),
                        instance.place().zone(),
                        network.zoneId(instance.place().zone())),
                networkInterface(instance),
                userData.length == 0 ? null : new String(userData, StandardCharsets.ISO_8859_1),
                publicKey(instance.launch().request().keyName()),
                tags.map(instance.id()),
                profile(instance.id()),
                options(instance.metadataOptions()));
    }

    private Identity identity(LaunchedInstance instance) {
        LaunchedInstance.Launch launch = instance.launch();
        return new Identity(
                instance.id(),
                account.id(),
                launch.reservationId(),
                launch.index(),
                launch.image().imageId(),
                launch.request().instanceTypeAsString(),
                launch.image().architecture(),
                instance.status().launchTime());
    }

    private NetworkInterface networkInterface(LaunchedInstance instance) {
        LaunchedInstance.Place place = instance.place();
        List<String> groupIds = instance.launch().securityGroupIds();
        return new NetworkInterface(
                place.interfaceId(),
                place.mac(),
                place.address(),
                network.hostname(place.address()),
                place.subnetId(),
                network.subnet(place.subnetId()).cidrBlock(),
                place.vpcId(),
                network.defaultVpc().cidrBlock(),
                groupIds,
                groupIds.stream().flatMap(id -> groups.nameOf(id).stream()).toList());
    }

    private @Nullable PublicKey publicKey(@Nullable String name) {
        return name == null
                ? null
                : keyPairs.publicKey(name)
                        .map(text -> new PublicKey(name, text))
                        .orElse(null);
    }

    private @Nullable Profile profile(String instanceId) {
        return profiles.of(instanceId)
                .map(association -> new Profile(
                        association.profile().arn(), association.profile().id(), association.since()))
                .orElse(null);
    }

    private static Options options(InstanceMetadataOptionsResponse options) {
        return new Options(
                options.httpEndpoint() == InstanceMetadataEndpointState.ENABLED,
                options.httpTokens() == HttpTokensState.REQUIRED,
                options.instanceMetadataTags() == InstanceMetadataTagsState.ENABLED);
    }
}
