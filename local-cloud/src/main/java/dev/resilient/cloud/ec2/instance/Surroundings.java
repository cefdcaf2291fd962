package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.metadata.InstanceFacts;
import dev.resilient.cloud.ec2.metadata.MetadataService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Instance;

/** What every machine finds around itself. */
record Surroundings(CloudContext cloud, Neighbours neighbours, InstanceTable table) {
    private static final Duration PROVISIONING = Duration.ofSeconds(2);

    /** How long an instance that is started now stays pending before it boots. */
    Duration provisioning() {
        return cloud.provisioning("instance", PROVISIONING);
    }

    /** Starts the instance's metadata service. */
    MetadataService startMetadata(LaunchedInstance instance) throws IOException {
        return MetadataService.start(
                new InetSocketAddress(instance.shown().privateIpAddress(), MetadataService.PORT),
                () -> facts(table.get(instance.id())),
                neighbours.credentials(),
                cloud.time(),
                cloud.ids());
    }

    private InstanceFacts facts(LaunchedInstance instance) {
        Instance shown = instance.shown();
        byte[] userData = LaunchPlanner.userData(instance.launch());
        return new InstanceFacts(
                shown.toBuilder().tags(neighbours.tags().of(instance.id())).build(),
                instance.reservationId(),
                cloud.account(),
                neighbours.network().subnet(shown.subnetId()).cidrBlock(),
                neighbours.network().defaultVpc().cidrBlock(),
                userData.length == 0 ? null : new String(userData, StandardCharsets.ISO_8859_1),
                Optional.ofNullable(shown.keyName())
                        .flatMap(neighbours.keyPairs()::publicKey)
                        .orElse(null),
                instance.association() == null
                        ? null
                        : instance.association().made().timestamp());
    }

    /** Takes back what the instance held outside of its own machine; it is terminated from now on. */
    void release(LaunchedInstance instance) {
        neighbours.network().releaseAddress(instance.shown().privateIpAddress());
    }
}
