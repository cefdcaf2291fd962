package dev.resilient.cloud.ec2.metadata;

import dev.resilient.cloud.identity.RoleCredentials;
import dev.resilient.cloud.identity.RoleCredentials.Issued;
import dev.resilient.cloud.identity.RoleCredentials.NoProfile;
import dev.resilient.cloud.identity.RoleCredentials.NoRole;
import dev.resilient.cloud.identity.RoleCredentials.NotTrusted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

/**
 * The paths of an instance's metadata and what is at each, as of one moment. Directories are implied by the paths below them.
 * Only what this cloud has a true value for is there.
 */
final class MetadataTree {
    private static final String META_DATA = "meta-data/";

    /** A path that ends with a slash is a directory which lists something else than its entries. */
    private final TreeMap<String, String> leaves = new TreeMap<>();

    MetadataTree(InstanceFacts facts, InstanceCredentials credentials) {
        Instance instance = facts.instance();
        addInstance(instance, facts);
        addNetwork(instance.networkInterfaces().getFirst(), facts);
        if (facts.showsTags()) {
            instance.tags().forEach(tag -> addMetaData("tags/instance/" + tag.key(), bytes(tag.value())));
        }
        IamInstanceProfile profile = instance.iamInstanceProfile();
        Instant associated = facts.associated();
        if (profile != null && associated != null) {
            addMetaData("iam/info", MetadataDocuments.profile(profile, associated));
            addCredentials(credentials.of(profile.arn(), instance.instanceId()));
        }
        String publicKey = facts.publicKey();
        if (publicKey != null) {
            addMetaData("public-keys/", "0=" + bytes(instance.keyName()));
            addMetaData("public-keys/0/openssh-key", bytes(publicKey));
        }
        String userData = facts.userData();
        if (userData != null) {
            leaves.put("user-data", userData);
        }
        leaves.put("dynamic/instance-identity/document", MetadataDocuments.identity(facts));
    }

    /**
     * What is at a path below a version, as {@code meta-data/instance-id}: a value, or for a directory its entries. A slash at
     * the end makes no difference. Empty if there is nothing.
     */
    Optional<String> find(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String value = leaves.get(plain);
        String directory = leaves.get(plain + "/");
        return Optional.ofNullable(value == null ? directory : value).or(() -> list(path));
    }

    private Optional<String> list(String path) {
        String directory = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        TreeSet<String> entries = new TreeSet<>();
        for (String leaf : leaves.tailMap(directory).keySet()) {
            if (!leaf.startsWith(directory)) {
                break;
            }
            String rest = leaf.substring(directory.length());
            int slash = rest.indexOf('/');
            // The entries of the root are the only directories that are listed without a slash.
            entries.add(slash < 0 ? rest : rest.substring(0, directory.isEmpty() ? slash : slash + 1));
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", entries));
    }

    private void addInstance(Instance instance, InstanceFacts facts) {
        addMetaData("events/maintenance/history", "[]");
        addMetaData("events/maintenance/scheduled", "[]");
        addMetaData("hibernation/configured", "false");
        addMetaData("ami-id", instance.imageId());
        addMetaData("ami-launch-index", String.valueOf(instance.amiLaunchIndex()));
        addMetaData("instance-id", instance.instanceId());
        addMetaData("instance-life-cycle", "on-demand");
        addMetaData("instance-type", instance.instanceTypeAsString());
        addMetaData("reservation-id", facts.reservationId());
        addMetaData("instance-action", "none");
        addMetaData("placement/availability-zone", instance.placement().availabilityZone());
        addMetaData("placement/availability-zone-id", instance.placement().availabilityZoneId());
        addMetaData("placement/region", facts.account().region());
        addMetaData("services/domain", "amazonaws.com");
        addMetaData("services/partition", "aws");
    }

    private void addNetwork(InstanceNetworkInterface network, InstanceFacts facts) {
        String groups = lines(network.groups(), GroupIdentifier::groupName);
        addMetaData("hostname", network.privateDnsName());
        addMetaData("local-hostname", network.privateDnsName());
        addMetaData("local-ipv4", network.privateIpAddress());
        addMetaData("public-ipv4", network.privateIpAddress());
        addMetaData("mac", network.macAddress());
        addMetaData("security-groups", groups);
        String own = "network/interfaces/macs/" + network.macAddress() + "/";
        addMetaData(own + "device-number", "0");
        addMetaData(own + "interface-id", network.networkInterfaceId());
        addMetaData(own + "local-hostname", network.privateDnsName());
        addMetaData(own + "local-ipv4s", network.privateIpAddress());
        addMetaData(own + "mac", network.macAddress());
        addMetaData(own + "owner-id", network.ownerId());
        addMetaData(own + "public-ipv4s", network.privateIpAddress());
        addMetaData(own + "security-group-ids", lines(network.groups(), GroupIdentifier::groupId));
        addMetaData(own + "security-groups", groups);
        addMetaData(own + "subnet-id", network.subnetId());
        addMetaData(own + "subnet-ipv4-cidr-block", facts.subnetBlock());
        addMetaData(own + "vpc-id", network.vpcId());
        addMetaData(own + "vpc-ipv4-cidr-block", facts.vpcBlock());
        addMetaData(own + "vpc-ipv4-cidr-blocks", facts.vpcBlock());
    }

    private static String lines(List<GroupIdentifier> groups, Function<GroupIdentifier, String> line) {
        return groups.stream().map(line).collect(Collectors.joining("\n"));
    }

    private void addCredentials(RoleCredentials credentials) {
        switch (credentials) {
            case NoProfile nothing -> {}
            case NoRole nothing -> {}
            case Issued issued ->
                addMetaData("iam/security-credentials/" + issued.roleName(), MetadataDocuments.credentials(issued));
            case NotTrusted refusal ->
                addMetaData("iam/security-credentials/" + refusal.roleName(), MetadataDocuments.refusal(refusal));
        }
    }

    /** Characters stand for bytes here, and AWS sends UTF-8. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private void addMetaData(String path, String value) {
        leaves.put(META_DATA + path, value);
    }
}
