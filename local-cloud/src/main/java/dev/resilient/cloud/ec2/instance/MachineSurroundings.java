package dev.resilient.cloud.ec2.instance;

import dev.resilient.cloud.base.CloudContext;
import dev.resilient.cloud.ec2.metadata.MetadataService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** What every machine finds around itself: metadata, profiles and addresses. */
record MachineSurroundings(
        CloudContext cloud,
        Neighbours neighbours,
        InstanceTable table,
        InstanceMetadata metadata,
        ProfileAssociations profiles)
        implements Machine.Surroundings {
    private static final Duration PROVISIONING = Duration.ofSeconds(2);

    @Override
    public Duration provisioning() {
        return cloud.provisioning("instance", PROVISIONING);
    }

    @Override
    public MetadataService startMetadata(LaunchedInstance instance) throws IOException {
        return MetadataService.start(
                new InetSocketAddress(instance.place().address(), MetadataService.PORT),
                () -> metadata.facts(table.get(instance.id())),
                neighbours.credentials(),
                cloud.time(),
                cloud.ids());
    }

    @Override
    public Optional<String> profile(String instanceId) {
        return profiles.of(instanceId).map(association -> association.profile().arn());
    }

    @Override
    public void release(LaunchedInstance instance) {
        profiles.remove(instance.id());
        neighbours.network().releaseAddress(instance.place().address());
    }
}
